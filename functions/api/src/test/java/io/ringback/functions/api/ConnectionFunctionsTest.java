package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GetCall, HangUpCall, TerminateCall, PlayAudio, CancelAllMediaOperations. */
class ConnectionFunctionsTest {
    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void aCallIsReadBackAsItWasAskedFor() {
        ServerCall call = bench.placeCall();

        Reply reply = bench.invoke("get-call/ok");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/serverCallId")).isEqualTo(call.serverCallId());
        assertThat(reply.at("/callConnectionState")).isEqualTo("establishing");
        assertThat(reply.at("/targets/0/phoneNumber/value")).isEqualTo("+12025550101");
        assertThat(reply.at("/callbackUri")).isEqualTo("https://app.example.com/events?tenant=7");
    }

    @Test
    void aCallIsReadBackWithItsEnd() {
        ServerCall call = bench.placeCall();
        String leg = call.participants().get(0).participantId();
        bench.happen(call, new MediaEvent.LegEnded(leg, EndReason.BUSY, 486, "busy", null));

        Reply reply = bench.invoke("get-call/ok");

        assertThat(reply.at("/callConnectionState")).isEqualTo("terminated");
        assertThat(reply.at("/endReason/reason")).isEqualTo("busy");
        assertThat(reply.at("/endReason/sipStatus")).isEqualTo("486");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang-up-call", "terminate-call"})
    void anEndIsAcceptedAndOrderedOnceHoweverOftenItIsAskedFor(String operation) {
        ServerCall call = bench.placeAnsweredCall();

        Reply first = bench.invoke(operation + "/ok");
        int commits = bench.calls.commits().size();
        Reply second = bench.invoke(operation + "/ok");

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.text()).isEmpty();
        assertThat(bench.call(call.serverCallId()).state()).isEqualTo(CallState.TERMINATING);
        assertThat(second.status()).isEqualTo(202);
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    @Test
    void aPlayIsAcceptedAndOrdered() {
        ServerCall call = bench.placeAnsweredCall();

        Reply reply = bench.invoke("play-audio/ok");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.at("/operationContext")).isEqualTo("prompt");
        assertThat(reply.at("/resultInfo/code")).isEqualTo("202");
        assertThat(bench.call(call.serverCallId()).operation(reply.at("/operationId")))
                .isPresent();
        assertThat(bench.invoke("play-audio/file").status()).isEqualTo(202);
    }

    @Test
    void aPlayBeforeTheAnswerIsRefused() {
        ServerCall call = bench.placeCall();

        assertRefusedUnchanged(call, "play-audio/ok", 400, "8501", "callConnectionId", "establish");
    }

    @ParameterizedTest
    @CsvSource({
        "play-audio/text-and-file, audioFileUri, exactly one",
        "play-audio/bad-tone, stopOnTones[1], accepted: tone0"
    })
    void aBadPlayIsRefused(String sample, String target, String message) {
        assertRefusedUnchanged(bench.placeAnsweredCall(), sample, 400, "8523", target, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "no-body"})
    void aCancelEndsWhatPlays(String sample) {
        bench.placeAnsweredCall();
        String play = bench.invoke("play-audio/ok").at("/operationId");

        Reply reply = bench.invoke("cancel-all-media-operations/" + sample);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().has("operationContext")).isEqualTo(sample.equals("ok"));
        assertThat(bench.calls.commits().get(bench.calls.commits().size() - 1).effects())
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                Effect.Command.class,
                                command -> assertThat(command.command())
                                        .isInstanceOfSatisfying(
                                                MediaCommand.CancelMedia.class,
                                                cancel -> assertThat(cancel.canceledOperationIds())
                                                        .containsExactly(play))));
    }

    @Test
    void aCancelBeforeTheAnswerIsRefused() {
        ServerCall call = bench.placeCall();

        assertRefusedUnchanged(call, "cancel-all-media-operations/ok", 400, "8501", "callConnectionId", "establish");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang-up-call/ok", "play-audio/ok", "cancel-all-media-operations/ok"})
    void afterTheEndNothingChanges(String sample) {
        ServerCall call = bench.placeAnsweredCall();
        String leg = call.participants().get(0).participantId();
        bench.happen(call, new MediaEvent.LegEnded(leg, EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE", null));
        int commits = bench.calls.commits().size();

        Reply reply = bench.invoke(sample);

        assertThat(reply.status()).isEqualTo(sample.startsWith("hang-up") ? 202 : 400);
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    @Test
    void whoLosesEveryRaceIsToldToComeBack() {
        bench.placeAnsweredCall();
        bench.calls.loseEveryRace();

        Reply reply = bench.invoke("terminate-call/ok");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("503");
        assertThat(reply.headers()).containsEntry("retry-after", "1");
    }

    private void assertRefusedUnchanged(
            ServerCall call, String sample, int status, String code, String target, String message) {
        ServerCall before = bench.call(call.serverCallId());
        int commits = bench.calls.commits().size();
        bench.pokes.take();

        Reply reply = bench.invoke(sample);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.target()).contains(target);
        assertThat(reply.message()).contains(message);
        assertThat(bench.calls.commits()).hasSize(commits);
        assertThat(bench.call(call.serverCallId())).isEqualTo(before);
        assertThat(bench.pokes.take()).isEmpty();
    }
}
