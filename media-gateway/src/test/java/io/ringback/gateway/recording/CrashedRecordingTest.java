package io.ringback.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import io.ringback.gateway.call.InMemoryRecordingFiles;
import io.ringback.gateway.recording.RecordingRoom.Recovered;
import io.ringback.media.AudioFormat;
import io.ringback.testkit.sound.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway may die at any moment. Each test makes the folder as such a moment leaves it, by the real parts up to there
 * and no further, and lets the next life recover: it tells once, and the file holds what was recorded.
 */
class CrashedRecordingTest {
    private static final GatewayRef LIFE = new GatewayRef("gw-1", "01J00000000000000000000001");
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant RESTART = START.plusSeconds(60);
    private static final double ANN = 500;
    private static final double BOB = 900;
    private static final double PLAYED = 1700;

    @TempDir
    Path crashed;

    @TempDir
    Path judged;

    private final InMemoryRecordingFiles store = new InMemoryRecordingFiles();

    @Test
    void whenOnlyItsMetadataWasWrittenItIsLost() throws Exception {
        begun(Channels.MIXED, Format.WAV);
        Files.delete(crashed.resolve("r-1.wav"));
        Recovered recovered = recover();
        assertThat(recovered.file().available()).isFalse();
        assertThat(recovered.file().message()).contains("sound was lost");
    }

    @Test
    void aSecondMetadataFileThatWasHalfWrittenIsNotHeeded() throws Exception {
        ActiveRecording recording = begun(Channels.UNMIXED, Format.WAV);
        talk(recording);
        recording.flush();
        Files.writeString(crashed.resolve("r-1.json.new"), "{\"recordingId\":");
        judgeUnmixed(recover(), true);
    }

    @Test
    void whileItRecordsUnmixed() throws Exception {
        ActiveRecording recording = begun(Channels.UNMIXED, Format.WAV);
        talk(recording);
        recording.flush();
        judgeUnmixed(recover(), true);
    }

    @Test
    void whileOneSpoolIsFurtherThanAnother() throws Exception {
        ActiveRecording recording = begun(Channels.UNMIXED, Format.WAV);
        talk(recording);
        recording.flush();
        cut(crashed.resolve("r-1.1.raw"), 999);
        Recovered recovered = recover();
        assertThat(recovered.file().durationMs()).isEqualTo(2000);
        assertThat(ToneMap.of(stored().channel(0), ANN, BOB, PLAYED)).containsExactly("500", "500", "500", "500");
        assertThat(ToneMap.of(stored().channel(1), ANN, BOB, PLAYED).subList(0, 3))
                .containsExactly("-", "-", "900");
    }

    @Test
    void whileItIsPaused() throws Exception {
        ActiveRecording recording = begun(Channels.UNMIXED, Format.WAV);
        TalkingCall call = talk(recording);
        recording.recorder().pause();
        recording.paused(START.plusSeconds(2), recording.position());
        call.runs(1000);
        recording.flush();
        Recovered recovered = recover();
        judgeUnmixed(recovered, true);
        assertThat(recovered.file().pauses()).hasSize(1);
        assertThat(recovered.file().pauses().get(0).end()).isEqualTo(RESTART);
    }

    @Test
    void whenItIsStoppedAndNotComposed() throws Exception {
        stopped(Channels.UNMIXED, Format.WAV);
        judgeUnmixed(recover(), false);
    }

    @Test
    void whileItIsBeingComposed() throws Exception {
        stopped(Channels.UNMIXED, Format.WAV);
        Files.write(crashed.resolve("r-1.wav.part"), new byte[5000]);
        judgeUnmixed(recover(), false);
    }

    @Test
    void whenItIsComposedAndItsSpoolsAreHalfDeleted() throws Exception {
        RecordingMetadata stopped = stopped(Channels.UNMIXED, Format.WAV);
        byte[] spool = Files.readAllBytes(crashed.resolve("r-1.1.raw"));
        new FinishingTouch(new RecordingFolder(crashed)).finish(stopped);
        stopped.write(crashed.resolve("r-1.json"));
        Files.write(crashed.resolve("r-1.1.raw"), spool);
        judgeUnmixed(recover(), false);
    }

    @Test
    void whenItIsStoredAndNotTold() throws Exception {
        RecordingMetadata finished =
                new FinishingTouch(new RecordingFolder(crashed)).finish(stopped(Channels.UNMIXED, Format.WAV));
        store.store("r-1.json", crashed.resolve("r-1.json"), "application/json");
        store.store("r-1.wav", crashed.resolve("r-1.wav"), "audio/wav");
        new RecordingFolder(crashed).markStored("r-1");
        Recovered recovered = recover();
        judgeUnmixed(recovered, false);
        assertThat(recovered.file().sizeBytes())
                .isEqualTo(finished.file() == null ? 0 : finished.file().sizeBytes());
    }

    @Test
    void whenItIsToldAndNotDeletedItsFilesGo() throws Exception {
        new FinishingTouch(new RecordingFolder(crashed)).finish(stopped(Channels.MIXED, Format.WAV));
        new RecordingFolder(crashed).markStored("r-1");
        try (RecordingRoom next = room()) {
            next.tidy(Set.of("r-1"));
            assertThat(crashed.resolve("r-1.wav")).as("still owed").exists();
            next.tidy(Set.of("r-2"));
        }
        assertThat(crashed).isEmptyDirectory();
    }

    @Test
    void whatWasNeverStoredIsKeptThoughNobodyWaitsForIt() throws Exception {
        stopped(Channels.MIXED, Format.WAV);
        try (RecordingRoom next = room()) {
            next.tidy(Set.of());
        }
        assertThat(crashed.resolve("r-1.wav")).exists();
    }

    @Test
    void whileItRecordsForAnMp3() throws Exception {
        ActiveRecording recording = begun(Channels.MIXED, Format.MP3);
        talk(recording);
        recording.flush();
        judgeMp3(recover(), true);
    }

    @Test
    void whileItIsBeingEncoded() throws Exception {
        stopped(Channels.MIXED, Format.MP3);
        Files.write(crashed.resolve("r-1.mp3.part"), new byte[100]);
        judgeMp3(recover(), false);
    }

    @Test
    void whenItIsEncodedAndNotStored() throws Exception {
        RecordingMetadata stopped = stopped(Channels.MIXED, Format.MP3);
        new FinishingTouch(new RecordingFolder(crashed)).finish(stopped);
        judgeMp3(recover(), false);
    }

    private void judgeUnmixed(Recovered recovered, boolean stopIsTold) throws IOException {
        assertThat(recovered.file().available()).isTrue();
        assertThat(recovered.file().durationMs()).isEqualTo(2000);
        assertThat(recovered.file().channels()).isEqualTo(3);
        judgeStop(recovered, stopIsTold);
        WavFile wav = stored();
        assertThat(wav.channels()).isEqualTo(3);
        assertThat(ToneMap.of(wav.channel(0), ANN, BOB, PLAYED)).containsExactly("500", "500", "500", "500");
        assertThat(ToneMap.of(wav.channel(1), ANN, BOB, PLAYED)).containsExactly("-", "-", "900", "900");
        assertThat(ToneMap.of(wav.channel(2), ANN, BOB, PLAYED)).containsExactly("-", "-", "-", "1700");
    }

    private void judgeMp3(Recovered recovered, boolean stopIsTold) throws IOException {
        assertThat(recovered.file().available()).isTrue();
        assertThat(recovered.file().durationMs()).isEqualTo(2000);
        judgeStop(recovered, stopIsTold);
        long size = store.size("r-1.mp3").orElseThrow();
        assertThat(size).as("2 s at 24 kbit/s").isBetween(6000L, 7000L);
        assertThat(size % 216).as("whole frames").isZero();
    }

    private static void judgeStop(Recovered recovered, boolean isTold) {
        RecordingChanged stop = recovered.stop();
        assertThat(stop != null).as("a stop is told").isEqualTo(isTold);
        if (stop != null) {
            assertThat(stop.change()).isEqualTo(Change.STOP);
            assertThat(stop.durationMs()).isEqualTo(2000);
        }
    }

    /** Two seconds: Ann in both, Bob from the second on, a play in the last half. */
    private static TalkingCall talk(ActiveRecording recording) {
        TalkingCall call = new TalkingCall(recording.recorder());
        call.joins("ann", ANN);
        call.runs(1000);
        call.joins("bob", BOB);
        call.runs(500);
        call.plays(PLAYED);
        call.runs(500);
        return call;
    }

    /** A recording that nobody writes but the test. */
    private ActiveRecording begun(Channels channels, Format format) throws IOException {
        RecordingMetadata metadata = RecordingMetadata.begun(
                "call-1",
                LIFE,
                new SetRecording("r-1", Wanted.RECORDING, channels, format, RESTART),
                TalkingCall.RATE,
                START);
        return new ActiveRecording(metadata, new RecordingFolder(crashed));
    }

    private RecordingMetadata stopped(Channels channels, Format format) throws IOException {
        ActiveRecording recording = begun(channels, format);
        talk(recording);
        recording.recorder().end();
        recording.stopped(START.plusSeconds(2), recording.position());
        recording.finish();
        return recording.metadata();
    }

    private static void cut(Path file, int bytes) throws IOException {
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length - bytes));
    }

    private RecordingRoom room() throws IOException {
        return new RecordingRoom(crashed, store, AudioFormat.NARROWBAND, 1, Duration.ofMillis(1));
    }

    private Recovered recover() throws IOException {
        CompletableFuture<Recovered> told = new CompletableFuture<>();
        try (RecordingRoom next = room()) {
            next.recover("r-1", RESTART, recovered -> {
                if (!told.complete(recovered)) {
                    Assertions.fail("told twice");
                }
            });
            Recovered recovered = told.orTimeout(10, TimeUnit.SECONDS).join();
            next.discard("r-1");
            assertThat(crashed).isEmptyDirectory();
            return recovered;
        }
    }

    private WavFile stored() throws IOException {
        Path copy = judged.resolve("r-1.wav");
        Files.write(copy, store.read("r-1.wav", 0, (int)
                (long) store.size("r-1.wav").orElseThrow()));
        return WavFile.read(copy);
    }
}
