package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operation alike: keys, ids that name nothing, bodies that are none. */
class EveryOperationTest {
    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    static Stream<String> operationsWithKey() throws IOException {
        return Samples.operations().stream().filter(operation -> !Samples.OPEN.contains(operation));
    }

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void withoutAKeyNothingIsServed(String operation) {
        Reply reply = bench.invoke(operation + "/no-key");

        assertRefused(reply, 401, "401", "Authorization", "is missing", "HMAC-SHA256", "Bearer");
        assertThat(reply.headers()).containsEntry("www-authenticate", "HMAC-SHA256");
    }

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void withAWrongKeyNothingIsServed(String operation) {
        assertRefused(bench.invoke(operation + "/wrong-key"), 401, "401", "Authorization", "not a live access key");
    }

    @ParameterizedTest
    @CsvSource({
        "get-call,callConnectionId",
        "hang-up-call,callConnectionId",
        "terminate-call,callConnectionId",
        "play-audio,callConnectionId",
        "cancel-all-media-operations,callConnectionId",
        "start-recording,serverCallId",
        "get-recording,recordingId",
        "pause-recording,recordingId",
        "resume-recording,recordingId",
        "stop-recording,recordingId",
        "get-recording-content,recordingId"
    })
    void whatIsNotThereIsNotFound(String operation, String target) {
        assertRefused(bench.invoke(operation + "/unknown-id"), 404, "8522", target, "there is no " + target, "unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "get-call,callConnectionId",
        "hang-up-call,callConnectionId",
        "terminate-call,callConnectionId",
        "play-audio,callConnectionId",
        "cancel-all-media-operations,callConnectionId",
        "start-recording,serverCallId",
        "get-recording,recordingId",
        "pause-recording,recordingId",
        "resume-recording,recordingId",
        "stop-recording,recordingId",
        "get-recording-content,recordingId"
    })
    void anIdOfAnotherShapeIsNotFound(String operation, String target) {
        bench.events.set(Events.CONNECTION, "short");
        bench.events.set(Events.SERVER_CALL, "../CALL#x");
        bench.events.set(Events.RECORDING, "short");

        assertRefused(bench.invoke(operation + "/ok"), 404, "8522", target, "there is no " + target);
    }

    @ParameterizedTest
    @CsvSource({
        "get-call,callConnectionId",
        "hang-up-call,callConnectionId",
        "terminate-call,callConnectionId",
        "play-audio,callConnectionId",
        "cancel-all-media-operations,callConnectionId",
        "get-recording,recordingId",
        "pause-recording,recordingId",
        "resume-recording,recordingId",
        "stop-recording,recordingId",
        "get-recording-content,recordingId"
    })
    void anIdThatNamesAnotherOfTheSameCallIsNotFound(String operation, String target) {
        String call = bench.placeAnsweredCall().serverCallId();
        bench.events.set(Events.CONNECTION, call + "unknown0unkn");
        bench.events.set(Events.RECORDING, call + "unknown0unkn");
        int before = bench.calls.commits().size();

        Reply reply = bench.invoke(operation + "/ok");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("8522");
        assertThat(reply.target()).contains(target);
        assertThat(bench.calls.commits()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "create-call,not JSON at line 1",
        "play-audio,not JSON at line 1",
        "cancel-all-media-operations,is an array; a JSON object is accepted",
        "start-recording,is a text; a JSON object is accepted"
    })
    void aMalformedBodyIsRefused(String operation, String message) {
        assertRefused(bench.invoke(operation + "/malformed-json"), 400, "8523", null, "the body", message);
    }

    private void assertRefused(Reply reply, int status, String code, @Nullable String target, String... message) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.target().orElse(null)).isEqualTo(target);
        assertThat(reply.message()).contains(List.of(message));
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(bench.calls.commits()).isEmpty();
        assertThat(bench.pokes.take()).isEmpty();
    }
}
