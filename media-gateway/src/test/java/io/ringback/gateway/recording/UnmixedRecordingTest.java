package io.ringback.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.gateway.call.InMemoryRecordingFiles;
import io.ringback.gateway.recording.RecordingMetadata.PausedAt;
import io.ringback.gateway.recording.RecordingMetadata.Stay;
import io.ringback.media.AudioFormat;
import io.ringback.testkit.sound.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the channels of an unmixed recording, judged by spectrum with the platform's own WAV reader. */
class UnmixedRecordingTest {
    private static final GatewayRef LIFE = new GatewayRef("gw-1", "01J00000000000000000000001");
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
    private static final double ANN = 500;
    private static final double BOB = 900;
    private static final double CARL = 1300;
    private static final double PLAYED = 1700;

    private final InMemoryRecordingFiles store = new InMemoryRecordingFiles();
    private final Path folder;
    private final RecordingRoom room;
    private final ActiveRecording recording;
    private final TalkingCall call;

    UnmixedRecordingTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        room = new RecordingRoom(folder, store, AudioFormat.NARROWBAND, 1, Duration.ofMillis(1));
        recording = room.begin(
                "call-1",
                LIFE,
                new SetRecording("r-1", Wanted.RECORDING, Channels.UNMIXED, Format.WAV, START.plusSeconds(30)),
                START);
        call = new TalkingCall(recording.recorder());
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void eachToneIsInItsOwnChannelOnlyAndTheAnnouncementInTheApplications() throws Exception {
        recording.identify("ann", "4:+15551230101");
        call.joins("ann", ANN);
        call.joins("bob", BOB);
        call.runs(1000);
        call.joins("carl", CARL);
        call.plays(PLAYED);
        call.runs(500);
        call.plays(null);
        call.leg("bob").muted(true);
        call.leg("carl").held(true);
        call.runs(500);
        call.leg("bob").muted(false);
        call.leg("carl").held(false);
        call.leaves("ann");
        call.runs(500);
        recording.recorder().pause();
        recording.paused(START.plusMillis(2500), recording.position());
        call.plays(PLAYED);
        call.runs(1000);
        call.plays(null);
        recording.recorder().resume();
        recording.resumed(START.plusMillis(3500), recording.position());
        call.joins("ann", ANN);
        call.runs(500);
        call.leaves("bob");
        call.runs(500);
        RecordingFile file = stop(START.plusMillis(4500));

        assertThat(file.available()).isTrue();
        assertThat(file.contentKey()).isEqualTo("r-1.wav");
        assertThat(file.channels()).isEqualTo(5);
        assertThat(file.durationMs()).isEqualTo(3500);
        WavFile wav = stored();
        assertThat(wav.channels()).isEqualTo(5);
        assertThat(tones(wav, 0)).as("ann").containsExactly("500", "500", "500", "500", "-", "-", "-");
        assertThat(tones(wav, 1)).as("bob").containsExactly("900", "900", "900", "-", "900", "900", "-");
        assertThat(tones(wav, 2)).as("carl").containsExactly("-", "-", "1300", "-", "1300", "1300", "1300");
        assertThat(tones(wav, 3)).as("ann again").containsExactly("-", "-", "-", "-", "-", "500", "500");
        assertThat(tones(wav, 4)).as("application").containsExactly("-", "-", "1700", "-", "-", "-", "-");
        RecordingMetadata metadata = RecordingMetadata.read(folder.resolve("r-1.json"));
        assertThat(metadata.participants())
                .containsExactly(
                        new Stay("ann", "4:+15551230101", 0, 0, START, START.plusMillis(2000)),
                        new Stay("bob", null, 1, 0, START, START.plusMillis(4000)),
                        new Stay("carl", null, 2, 50, START.plusMillis(1000), null),
                        new Stay("ann", "4:+15551230101", 3, 125, START.plusMillis(3500), null));
        assertThat(metadata.pauses())
                .containsExactly(new PausedAt(
                        START.plusMillis(2500), 125, START.plusMillis(3500), 175L, file.sizeBytes() - 8000 * 2 * 5));
    }

    @Test
    void everyChannelIsAsLongAsTheRecordingToTheSample() throws Exception {
        call.joins("ann", ANN);
        call.runs(60);
        call.joins("bob", BOB);
        call.runs(40);
        call.leaves("ann");
        call.runs(80);
        stop(START);
        WavFile wav = stored();
        short[] ann = wav.channel(0);
        short[] bob = wav.channel(1);
        assertThat(ann).hasSize(9 * 160);
        assertThat(Arrays.copyOfRange(ann, 5 * 160, ann.length)).containsOnly(0);
        assertThat(Arrays.copyOfRange(bob, 0, 3 * 160)).containsOnly(0);
        for (int i = 3 * 160; i < bob.length; i++) {
            assertThat(bob[i]).isEqualTo((short) (3000 * Math.sin(2 * Math.PI * BOB * i / 8000)));
        }
    }

    @Test
    void whoFindsNoChannelFreeIsNotedAndTheRestIsStored() throws Exception {
        for (int i = 0; i < 33; i++) {
            call.joins("p" + i, ANN);
        }
        call.runs(20);
        RecordingFile file = stop(START);
        assertThat(file.available()).isTrue();
        assertThat(file.channels()).isEqualTo(32);
        assertThat(file.message()).contains("without 2 participants");
        assertThat(RecordingMetadata.read(folder.resolve("r-1.json")).participants())
                .filteredOn(stay -> stay.channel() == null)
                .extracting(Stay::participantId)
                .containsExactly("p31", "p32");
    }

    @Test
    void withoutAnybodyThereIsTheApplicationsChannel() throws Exception {
        call.plays(PLAYED);
        call.runs(500);
        assertThat(stop(START).channels()).isEqualTo(1);
        assertThat(tones(stored(), 0)).containsExactly("1700");
    }

    private List<String> tones(WavFile wav, int channel) {
        return ToneMap.of(wav.channel(channel), ANN, BOB, CARL, PLAYED);
    }

    private RecordingFile stop(Instant at) {
        recording.recorder().end();
        recording.stopped(at, recording.position());
        CompletableFuture<RecordingFile> told = new CompletableFuture<>();
        room.finish(recording, file -> {
            if (!told.complete(file)) {
                Assertions.fail("told twice");
            }
        });
        return told.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private WavFile stored() throws IOException {
        long size = store.size("r-1.wav").orElseThrow();
        Path copy = folder.resolve("judged");
        Files.write(copy, store.read("r-1.wav", 0, (int) size));
        return WavFile.read(copy);
    }
}
