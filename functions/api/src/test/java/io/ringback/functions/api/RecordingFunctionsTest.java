package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Recording;
import io.ringback.core.call.ServerCall;
import io.ringback.core.media.MediaEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** StartRecording, GetRecording, PauseRecording, ResumeRecording, StopRecording. */
class RecordingFunctionsTest {
    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void aRecordingRunsPausesResumesAndStops() {
        startRecording();

        assertThat(bench.invoke("get-recording/ok").at("/recordingState")).isEqualTo("active");
        assertThat(bench.invoke("pause-recording/ok").status()).isEqualTo(200);
        assertThat(bench.invoke("get-recording/ok").at("/recordingStatus")).isEqualTo("paused");
        assertThat(bench.invoke("resume-recording/ok").status()).isEqualTo(200);
        assertThat(bench.invoke("get-recording/ok").at("/recordingStatus")).isEqualTo("recording");
        assertThat(bench.invoke("stop-recording/ok").status()).isEqualTo(200);
        assertThat(bench.invoke("get-recording/ok").at("/recordingStatus")).isEqualTo("stopped");
        assertThat(bench.invoke("get-recording/ok").at("/recordingState")).isEqualTo("inactive");
    }

    @ParameterizedTest
    @CsvSource({"pause-recording", "stop-recording"})
    void repeatingWhatHoldsSucceedsWithoutASecondEffect(String operation) {
        startRecording();
        bench.invoke(operation + "/ok");
        int commits = bench.calls.commits().size();

        assertThat(bench.invoke(operation + "/ok").status()).isEqualTo(200);
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    @Test
    void resumingWhatRunsSucceedsWithoutAnEffect() {
        startRecording();
        int commits = bench.calls.commits().size();

        assertThat(bench.invoke("resume-recording/ok").status()).isEqualTo(200);
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    @Test
    void aRecordingBeforeTheAnswerIsRefused() {
        bench.placeCall();

        assertRefusedUnchanged("start-recording/ok", "8501", "serverCallId", "has to be established");
    }

    @Test
    void aSecondRecordingIsRefused() {
        startRecording();

        assertRefusedUnchanged("start-recording/ok", "8553", "serverCallId", "recorded already");
    }

    @ParameterizedTest
    @CsvSource({"pause-recording", "resume-recording"})
    void aStoppedRecordingCanNoLongerBePausedOrResumed(String operation) {
        startRecording();
        bench.invoke("stop-recording/ok");

        assertRefusedUnchanged(operation + "/ok", "8573", "recordingId", "stopped");
    }

    @ParameterizedTest
    @CsvSource({
        "unmixed-mp3, recordingFormatType, accepted for unmixed: wav",
        "no-callback, recordingStateCallbackUri, is missing"
    })
    void whatCannotBeRecordedIsRefused(String sample, String target, String message) {
        bench.placeAnsweredCall();

        assertRefusedUnchanged("start-recording/" + sample, "8523", target, message);
    }

    @ParameterizedTest
    @CsvSource({"ok, MIXED, WAV", "mp3, MIXED, MP3", "unmixed, UNMIXED, WAV"})
    void aRecordingHasTheChannelsAndTheFormatThatWereAskedFor(
            String sample, Recording.Channels channels, Recording.Format format) {
        ServerCall call = bench.placeAnsweredCall();

        bench.succeed("start-recording/" + sample);

        assertThat(bench.call(call.serverCallId()).recordings()).singleElement().satisfies(recording -> {
            assertThat(recording.channels()).isEqualTo(channels);
            assertThat(recording.format()).isEqualTo(format);
        });
    }

    @Test
    void aRecordingOfAnotherCallIsNotFound() {
        startRecording();
        ServerCall other = bench.placeAnsweredCall();
        bench.events.set(Events.SERVER_CALL, other.serverCallId());

        Reply reply = bench.invoke("get-recording/ok");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("8522");
        assertThat(reply.target()).contains("recordingId");
    }

    @Test
    void theContentIsAnnouncedUnderTheAddressThatWasAsked() {
        Recording recording = startRecording();
        ServerCall call = bench.call(recording.recordingId().substring(0, 20));
        bench.happen(
                call,
                new MediaEvent.RecordingFile(
                        recording.recordingId(), true, "k.wav", 1500, 24_044, 1, List.of(), "done"));

        Reply reply = bench.invoke("get-recording/ok");

        assertThat(reply.at("/recordingStatus")).isEqualTo("available");
        assertThat(reply.at("/contentUri"))
                .isEqualTo("https://abcdefghij.execute-api.eu-central-1.amazonaws.com/calling/serverCalls/"
                        + call.serverCallId() + "/recordings/" + recording.recordingId() + "/content");
    }

    @Test
    void aHostThatIsNoneIsNotRepeated() {
        Recording recording = startRecording();
        ServerCall call = bench.call(recording.recordingId().substring(0, 20));
        bench.happen(
                call,
                new MediaEvent.RecordingFile(
                        recording.recordingId(), true, "k.wav", 1500, 24_044, 1, List.of(), "done"));
        String event =
                bench.events.read("get-recording/ok").replaceFirst("\"host\": \"[^\"]+\"", "\"host\": \"a b/c\"");

        assertThat(bench.invokeWith("get-recording", event).at("/contentUri"))
                .startsWith("https://abcdefghij.execute-api.eu-central-1.amazonaws.com/calling/");
    }

    private Recording startRecording() {
        ServerCall call = bench.placeAnsweredCall();
        Reply started = bench.invoke("start-recording/ok");
        assertThat(started.status()).isEqualTo(200);
        bench.events.set(Events.RECORDING, started.at("/recordingId"));
        return bench.call(call.serverCallId())
                .recording(started.at("/recordingId"))
                .orElseThrow();
    }

    private void assertRefusedUnchanged(String sample, String code, String target, String message) {
        int commits = bench.calls.commits().size();
        bench.pokes.take();

        Reply reply = bench.invoke(sample);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.target()).contains(target);
        assertThat(reply.message()).contains(message);
        assertThat(bench.calls.commits()).hasSize(commits);
        assertThat(bench.pokes.take()).isEmpty();
    }
}
