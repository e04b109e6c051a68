package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.phones.CallTrace;
import io.ringback.local.phones.PhoneEvent.Kind;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import io.ringback.testkit.sound.Spectrum;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application passes the other party on: to somebody who answers, who is busy, who does not exist. */
class TransferIT {
    private static final int ANNOUNCEMENT = 1900;

    /** What phone 24 says, in Hz. */
    private static final int SPEAKER = 1300;

    @TempDir
    static Path data;

    private static LocalStack stack;
    private static CallbackReceiver receiver;
    private static Announcement announcement;
    private static DocumentedClient api;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(TestStacks.options(data));
        receiver = TestStacks.receiver();
        announcement = Announcement.ofTone(ANNOUNCEMENT, Duration.ofMillis(500));
        api = new DocumentedClient(stack.ready().http(), stack.ready().accessKey());
        PhoneCall.subscribe(api, receiver);
    }

    @AfterAll
    static void stop() {
        announcement.close();
        receiver.close();
        stack.close();
    }

    @Test
    void theTwoTalkOnWithoutTheApplicationWhenTheTargetAnswers() throws Exception {
        PhoneCall call = established();
        String transferee = call.first();
        CallTrace phone = call.awaitPhone(transferee, Kind.CONFIRMED);

        String operationId = transfer(call, "24");
        JsonNode result = call.result("TransferCallResult", operationId);
        JsonNode detached = call.awaitState(call.connection(), "terminated");

        assertThat(result.path("status").asText()).isEqualTo("completed");
        assertThat(result.path("operationContext").asText()).isEqualTo("to the expert");
        assertThat(detached.path("resultInfo").path("reason").asText()).isEqualTo("completed");
        assertThat(call.states(call.connection()))
                .containsExactly("establishing", "established", "transferring", "terminating", "terminated");
        Set<String> two = call.roster();
        assertThat(two).hasSize(2).contains(transferee);
        String target =
                two.stream().filter(id -> !id.equals(transferee)).findFirst().orElseThrow();

        int before = phone.heard().length;
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> phone.heard().length > before + 8000);
        assertThat(level(phone, before + 4000, SPEAKER)).isGreaterThan(-30);
        call.play(announcement.uri());
        assertThat(call.count("CallEnded")).isZero();
        assertThat(phone.first(Kind.BYE_RECEIVED)).isEmpty();

        api.call("RemoveParticipantOutOfCall", Map.of("serverCallId", call.serverCall(), "participantId", target));
        call.awaitEnd();
        call.awaitPhone(target, Kind.BYE_RECEIVED);
        call.awaitPhone(transferee, Kind.BYE_RECEIVED);
        assertThat(call.count("CallStarted")).isEqualTo(1);
    }

    @ParameterizedTest(name = "phone {0}: {1}")
    @CsvSource({"10, busy, 486", "14, notFound, 404"})
    void theCallGoesOnWhenTheTargetFails(String target, String reason, int sipStatus) throws Exception {
        PhoneCall call = established();
        CallTrace phone = call.awaitPhone(call.first(), Kind.CONFIRMED);

        JsonNode result = call.result("TransferCallResult", transfer(call, target));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> call.states(call.connection())
                        .equals(List.of("establishing", "established", "transferring", "established")));

        assertThat(result.path("status").asText()).isEqualTo("failed");
        assertThat(result.path("operationContext").asText()).isEqualTo("to the expert");
        assertThat(result.path("resultInfo").path("reason").asText()).isEqualTo(reason);
        assertThat(result.path("resultInfo").path("sipStatus").asInt()).isEqualTo(sipStatus);
        assertThat(call.roster()).containsExactly(call.first());
        int before = phone.heard().length;
        String played = api.call(
                        "PlayAudio",
                        call.path(),
                        Map.of("audioFileUri", announcement.uri().toString()))
                .path("operationId")
                .asText();
        assertThat(call.result("PlayAudioResult", played).path("status").asText())
                .isEqualTo("completed");
        assertThat(loudest(phone, before, ANNOUNCEMENT)).isGreaterThan(-30);
        assertThat(call.count("CallEnded")).isZero();
        assertThat(phone.first(Kind.BYE_RECEIVED)).isEmpty();

        api.call("TerminateCall", call.path());
        call.awaitEnd();
    }

    private static PhoneCall established() throws Exception {
        PhoneCall call = PhoneCall.to("00", stack, api, receiver);
        call.awaitState(call.connection(), "established");
        return call;
    }

    private static String transfer(PhoneCall call, String phone) throws Exception {
        return api.call(
                        "TransferCall",
                        call.path(),
                        Map.of("targetParticipant", PhoneCall.target(phone), "operationContext", "to the expert"))
                .path("operationId")
                .asText();
    }

    /** The loudest quarter of a second after {@code from}, in dBFS. */
    private static double loudest(CallTrace phone, int from, int hertz) {
        double loudest = Double.NEGATIVE_INFINITY;
        for (int at = from; at + 2000 <= phone.heard().length; at += 1000) {
            loudest = Math.max(loudest, level(phone, at, hertz));
        }
        return loudest;
    }

    /** A quarter of a second, in dBFS. */
    private static double level(CallTrace phone, int at, int hertz) {
        return Spectrum.level(phone.heard(), at, at + 2000, 8000, hertz);
    }
}
