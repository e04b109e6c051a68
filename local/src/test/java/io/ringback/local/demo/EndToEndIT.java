package io.ringback.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ringback.local.phones.CallTrace;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: API, functions, table, queues, gateway, phone, and back. Nothing but pokes wakes anybody. */
class EndToEndIT {
    @TempDir
    static Path data;

    private static LocalStack stack;

    private CallbackReceiver receiver;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        stack = LocalStack.start(TestStacks.options(data));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @BeforeEach
    void listen() throws IOException {
        receiver = TestStacks.receiver();
        receiver.expectSignatures(stack.ready().webhookSecret());
    }

    @AfterEach
    void stopListening() {
        receiver.close();
    }

    @Test
    void aReminderCallIsHeardAnsweredAndRecorded() throws Exception {
        List<String> steps = new ArrayList<>();

        CallScript.Outcome outcome =
                new CallScript(new ApiClient(stack.ready()), receiver, steps::add).run("+15555550101", "tone1");
        new RecordingCheck(steps::add).check(outcome, lastCall());

        assertThat(steps).hasSizeGreaterThan(8);
        assertThat(outcome.terminated().path("resultInfo").path("reason").asText())
                .isEqualTo("hungUpByApplication");
        assertThat(outcome.fileEvent().path("channels").asInt()).isEqualTo(1);
        assertThat(outcome.fileEvent().path("pauses")).hasSize(1);
        assertThat(outcome.fileEvent().path("sizeBytes").asLong())
                .isEqualTo(outcome.wav().file().length);
        assertThat(receiver.events().stream().map(ReceivedEvent::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, receiver.events().size())
                                .boxed()
                                .toList());
        assertThat(receiver.events().stream().map(EndToEndIT::nameOf))
                .containsExactly(
                        "establishing",
                        "established",
                        "recording start",
                        "play completed",
                        "tone1",
                        "recording pause",
                        "play completed",
                        "recording resume",
                        "play completed",
                        "terminating",
                        "terminated",
                        "recording stop",
                        "file available");
        assertThat(receiver.events()).allSatisfy(event -> {
            assertThat(event.path()).isEqualTo("/events?for=reminder");
            assertThat(event.cloudEvent().path("specversion").asText()).isEqualTo("1.0");
        });
        assertThat(stack.phones().invitesByLeg().values()).allMatch(invites -> invites == 1);
    }

    @Test
    void anotherKeyThanExpectedFails() throws Exception {
        CallScript script = new CallScript(new ApiClient(stack.ready()), receiver, step -> {});

        assertThatThrownBy(() -> script.run("+15555550102", "tone1"))
                .isInstanceOf(Expected.class)
                .hasMessage("expected: the phone presses tone1; found: tone2");
    }

    /** A poke that was swallowed as a double of the one before would come to light here, and only here. */
    @Test
    void eventsOneSecondApartAreBothDeliveredWithinTwoSeconds() throws Exception {
        ApiClient api = new ApiClient(stack.ready());
        String recording = new CallScript(api, receiver, step -> {}).recordedCall("+15555550100");
        List<Instant> posted = new ArrayList<>();

        for (String operation : List.of("pause", "resume", "pause", "resume")) {
            Instant next = posted.isEmpty()
                    ? Instant.now()
                    : posted.get(posted.size() - 1).plusSeconds(1);
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> !Instant.now().isBefore(next));
            posted.add(Instant.now());
            api.post(recording + "/:" + operation, Map.of(), 200);
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> changes().size() == posted.size());

        for (int i = 0; i < posted.size(); i++) {
            assertThat(Duration.between(posted.get(i), changes().get(i).at())).isLessThan(Duration.ofSeconds(2));
        }
    }

    private List<ReceivedEvent> changes() {
        return receiver.events().stream()
                .filter(event ->
                        nameOf(event).equals("recording pause") || nameOf(event).equals("recording resume"))
                .toList();
    }

    private static CallTrace lastCall() {
        List<CallTrace> calls = stack.phones().calls();
        return calls.get(calls.size() - 1);
    }

    private static String nameOf(ReceivedEvent event) {
        return switch (event.type()) {
            case "CallConnectionStateChanged" ->
                event.data().path("callConnectionState").asText();
            case "DtmfReceived" -> event.data().path("toneInfo").path("tone").asText();
            case "PlayAudioResult" -> "play " + event.data().path("status").asText();
            case "CallRecordingStateChanged" ->
                "recording " + event.data().path("operation").asText();
            case "RecordingFileStatusUpdated" ->
                "file " + event.data().path("status").asText();
            default -> event.type();
        };
    }
}
