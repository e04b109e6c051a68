package io.ringback.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.gateway.call.InMemoryRecordingFiles;
import io.ringback.media.AudioFormat;
import io.ringback.media.wav.WavReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingRoomTest {
    private static final GatewayRef LIFE = new GatewayRef("gw-1", "01J00000000000000000000001");
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    Path folder;

    private final InMemoryRecordingFiles store = new InMemoryRecordingFiles();
    private final BlockingQueue<RecordingFile> told = new ArrayBlockingQueue<>(10);
    private RecordingRoom room;

    @BeforeEach
    void open() throws IOException {
        room = room(1);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void storesWhatWasTakenAndNotWhatWasPaused() throws Exception {
        ActiveRecording recording = begin();
        frames(recording, 10, 1000);
        recording.recorder().pause();
        RecordingChanged paused = recording.paused(START.plusMillis(200), recording.position());
        frames(recording, 5, 2000);
        recording.recorder().resume();
        recording.resumed(START.plusMillis(300), recording.position());
        frames(recording, 5, 3000);
        recording.stopped(START.plusMillis(400), recording.position());
        recording.recorder().end();
        room.finish(recording, told::add);
        RecordingFile file = next();
        assertThat(paused.durationMs()).isEqualTo(200);
        assertThat(file.durationMs()).isEqualTo(300);
        assertThat(file.sizeBytes()).isEqualTo(store.size("r-1.wav").orElseThrow());
        short[] samples =
                WavReader.read(store.read("r-1.wav", 0, (int) file.sizeBytes())).samples();
        assertThat(samples).hasSize(15 * 160).doesNotContain((short) 2000);
        RecordingMetadata metadata = RecordingMetadata.read(folder.resolve("r-1.json"));
        assertThat(metadata.pauses())
                .containsExactly(new RecordingMetadata.PausedAt(
                        START.plusMillis(200), 10, START.plusMillis(300), 15L, file.sizeBytes() - 5 * 320));
    }

    /** The pauses double: from a second on, nine of them are eight minutes. */
    @Test
    void triesAgainWhenTheStoreFailsAndTellsOnce() throws Exception {
        store.failNext(9);
        ActiveRecording recording = begin();
        frames(recording, 3, 1);
        recording.stopped(START.plusMillis(60), recording.position());
        recording.recorder().end();
        room.finish(recording, told::add);
        assertThat(next().available()).isTrue();
        assertThat(told.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void givesUpInTheEndAndKeepsTheFile() throws Exception {
        store.failNext(100);
        ActiveRecording recording = begin();
        recording.stopped(START, recording.position());
        recording.recorder().end();
        room.finish(recording, told::add);
        RecordingFile file = next();
        assertThat(file.available()).isFalse();
        assertThat(file.message()).contains("could not be stored");
        assertThat(folder.resolve("r-1.wav")).exists();
    }

    @Test
    void theFileIsPlayableWhileItGrows() throws Exception {
        ActiveRecording recording = begin();
        frames(recording, 60, 1234);
        Awaitility.await().until(() -> Files.size(folder.resolve("r-1.wav")) > 16_000);
        assertThat(WavReader.read(Files.readAllBytes(folder.resolve("r-1.wav"))).frames())
                .isGreaterThanOrEqualTo(8000);
    }

    @Test
    void beginsNothingOnAFullDisk() throws Exception {
        try (RecordingRoom full = room(Long.MAX_VALUE)) {
            assertThatThrownBy(() -> full.begin("call", LIFE, order("r-2"), START))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("full");
        }
    }

    @Test
    void whatIsMadeIsToldToStopBeforeTheDiskIsFull() throws Exception {
        AtomicLong free = new AtomicLong(1000);
        try (RecordingRoom small = new RecordingRoom(
                new RecordingFolder(folder.resolve("small")),
                free::get,
                store,
                AudioFormat.NARROWBAND,
                1000,
                Duration.ofMillis(10))) {
            AtomicInteger stops = new AtomicInteger();
            small.whenFull(small.begin("call", LIFE, order("r-2"), START), stops::incrementAndGet);
            free.set(500);
            Awaitility.await().pollDelay(Duration.ofMillis(1100)).until(() -> stops.get() == 0);
            free.set(499);
            Awaitility.await().until(() -> stops.get() > 0);
        }
    }

    @Test
    void recoversWhatWasStillRecording() throws Exception {
        frames(begin(), 55, 77);
        Awaitility.await().until(() -> Files.size(folder.resolve("r-1.wav")) > 16_000);
        room.close();
        Instant restart = START.plusSeconds(9);
        RecordingRoom.Recovered recovered = recover("r-1", restart);
        RecordingChanged stop = Objects.requireNonNull(recovered.stop());
        assertThat(stop.change()).isEqualTo(RecordingChanged.Change.STOP);
        assertThat(stop.startDateTime()).isEqualTo(START);
        assertThat(recovered.file().available()).isTrue();
        assertThat(recovered.file().durationMs()).isEqualTo(1100);
    }

    @Test
    void tellsNoSecondStopOfOneThatWasStopped() throws Exception {
        ActiveRecording recording = begin();
        frames(recording, 2, 1);
        recording.recorder().end();
        recording.stopped(START.plusMillis(40), recording.position());
        store.failNext(1000);
        room.finish(recording, told::add);
        Awaitility.await()
                .until(() -> RecordingMetadata.read(folder.resolve("r-1.json")).stoppedAt() != null);
        room.close();
        store.failNext(0);
        RecordingRoom.Recovered recovered = recover("r-1", START.plusSeconds(9));
        assertThat(recovered.stop()).isNull();
        assertThat(recovered.file().available()).isTrue();
    }

    @Test
    void saysThatARecordingWithoutFilesIsLost() throws Exception {
        assertThat(recover("never-begun", START).file().available()).isFalse();
    }

    private RecordingRoom.Recovered recover(String id, Instant now) throws Exception {
        List<RecordingRoom.Recovered> recovered = new ArrayList<>();
        try (RecordingRoom next = room(1)) {
            next.recover(id, now, result -> {
                synchronized (recovered) {
                    recovered.add(result);
                }
            });
            Awaitility.await().until(() -> {
                synchronized (recovered) {
                    return recovered.size() == 1;
                }
            });
        }
        return recovered.get(0);
    }

    private RecordingRoom room(long minFreeBytes) throws IOException {
        return new RecordingRoom(folder, store, AudioFormat.NARROWBAND, minFreeBytes, Duration.ofMillis(1));
    }

    private ActiveRecording begin() throws IOException {
        return room.begin("call-1", LIFE, order("r-1"), START);
    }

    private static SetRecording order(String id) {
        return new SetRecording(id, Wanted.RECORDING, Channels.MIXED, Format.WAV, START.plusSeconds(30));
    }

    private static void frames(ActiveRecording recording, int count, int value) {
        short[] frame = new short[160];
        Arrays.fill(frame, (short) value);
        for (int i = 0; i < count; i++) {
            recording.recorder().cycle(frame, null);
        }
    }

    private RecordingFile next() throws InterruptedException {
        RecordingFile file = told.poll(5, TimeUnit.SECONDS);
        if (file == null) {
            throw new AssertionError("nothing was told");
        }
        return file;
    }
}
