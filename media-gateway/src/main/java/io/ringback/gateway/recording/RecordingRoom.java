package io.ringback.gateway.recording;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Pause;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.core.port.RecordingFiles;
import io.ringback.media.AudioFormat;
import io.ringback.media.wav.WavRecovery;
import io.ringback.media.wav.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where recordings are made: a folder for the files that grow, a thread that writes them, a thread that hands finished
 * ones to the store.
 */
public final class RecordingRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingRoom.class);
    private static final int WRITE_EVERY_MS = 200;

    /** In writes: once a second. */
    private static final int FLUSH_EVERY = 5;

    private static final int STORE_ATTEMPTS = 8;
    private static final int CHANNELS = 1;

    private final Path folder;
    private final RecordingFiles store;
    private final AudioFormat format;
    private final long minFreeBytes;
    private final Duration firstRetry;
    private final Set<ActiveRecording> active = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "recording-writer"));
    private final ScheduledExecutorService storer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "recording-store"));

    private int rounds;

    /**
     * Opens the room.
     *
     * @param minFreeBytes no recording begins with less room on the disk
     * @param firstRetry pause after the first failed attempt to store; it doubles each time
     */
    public RecordingRoom(Path folder, RecordingFiles store, AudioFormat format, long minFreeBytes, Duration firstRetry)
            throws IOException {
        this.folder = Files.createDirectories(folder);
        this.store = store;
        this.format = format;
        this.minFreeBytes = minFreeBytes;
        this.firstRetry = firstRetry;
        var unused =
                writer.scheduleWithFixedDelay(this::writeAll, WRITE_EVERY_MS, WRITE_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** Begins a recording: its files are there when this returns. */
    public ActiveRecording begin(String serverCallId, GatewayRef gateway, String recordingId, Instant at)
            throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < minFreeBytes) {
            throw new IOException("the gateway's disk is full");
        }
        RecordingMetadata metadata = new RecordingMetadata(
                recordingId, serverCallId, gateway, format.sampleRate(), CHANNELS, at, null, List.of());
        WavWriter wav = WavWriter.create(wav(recordingId), format, CHANNELS);
        ActiveRecording recording = new ActiveRecording(metadata, metadata(recordingId), format, wav);
        active.add(recording);
        return recording;
    }

    /** Closes a stopped recording, stores it and tells once what became of it, on a thread of this room. */
    public void finish(ActiveRecording recording, Consumer<RecordingFile> done) {
        active.remove(recording);
        writer.execute(() -> {
            try {
                recording.finish();
            } catch (IOException e) {
                LOG.error("recording {} lost its end", recording.recordingId(), e);
            }
            storer.execute(() -> store(recording.metadata(), 1, done));
        });
    }

    /** What an earlier life left: how it ended, then its file. */
    public record Recovered(@Nullable RecordingChanged stop, RecordingFile file) {}

    /**
     * Makes an earlier life's recording whole and stores it; tells once, on a thread of this room.
     *
     * @param now when it counts as stopped, if it still recorded
     */
    public void recover(String recordingId, Instant now, Consumer<Recovered> done) {
        storer.execute(() -> {
            try {
                RecordingMetadata metadata = RecordingMetadata.read(metadata(recordingId));
                long millis = WavRecovery.repair(wav(recordingId)) * 1000 / metadata.sampleRate();
                RecordingMetadata stopped = metadata.stoppedAt() == null ? metadata.stopped(now, 0) : metadata;
                stopped.write(metadata(recordingId));
                RecordingChanged stop = metadata.stoppedAt() != null
                        ? null
                        : new RecordingChanged(
                                recordingId, Change.STOP, metadata.startDateTime(), millis, stopped.pausesAsTold());
                store(stopped, 1, file -> done.accept(new Recovered(stop, file)));
            } catch (IOException e) {
                LOG.error("recording {} cannot be recovered", recordingId, e);
                done.accept(new Recovered(null, lost(recordingId, List.of(), "the recording cannot be recovered")));
            }
        });
    }

    /** Deletes the local files of a recording whose fate was told. */
    public void discard(String recordingId) {
        try {
            Files.deleteIfExists(wav(recordingId));
            Files.deleteIfExists(metadata(recordingId));
        } catch (IOException e) {
            LOG.warn("the local files of recording {} stay", recordingId, e);
        }
    }

    /** Finishes what was begun to be stored; a recording that is not stopped is left to the next life. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (writer.awaitTermination(5, TimeUnit.SECONDS)) {
                active.forEach(recording -> write(recording, true));
            }
            storer.shutdown();
            if (!storer.awaitTermination(5, TimeUnit.SECONDS)) {
                storer.shutdownNow();
            }
        } catch (InterruptedException e) {
            storer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A paused recording gets no sound that would fill its buffer, so each is flushed by the clock. */
    private void writeAll() {
        rounds = (rounds + 1) % FLUSH_EVERY;
        active.forEach(recording -> write(recording, rounds == 0));
    }

    private void write(ActiveRecording recording, boolean flush) {
        try {
            if (flush) {
                recording.flush();
            } else {
                recording.drain();
            }
        } catch (IOException e) {
            LOG.error("recording {} cannot be written", recording.recordingId(), e);
            active.remove(recording);
        }
    }

    private void store(RecordingMetadata metadata, int attempt, Consumer<RecordingFile> done) {
        String id = metadata.recordingId();
        try {
            long frames = WavRecovery.repair(wav(id));
            long size = Files.size(wav(id));
            store.store(id + ".json", metadata(id), "application/json");
            store.store(id + ".wav", wav(id), "audio/wav");
            done.accept(new RecordingFile(
                    id,
                    true,
                    id + ".wav",
                    frames * 1000 / metadata.sampleRate(),
                    size,
                    metadata.channels(),
                    metadata.pausesAsTold(),
                    "stored"));
        } catch (IOException | RuntimeException e) {
            again(metadata, attempt, e, done);
        }
    }

    private void again(RecordingMetadata metadata, int attempt, Exception cause, Consumer<RecordingFile> done) {
        String id = metadata.recordingId();
        LOG.warn("recording {} could not be stored, attempt {}", id, attempt, cause);
        if (attempt >= STORE_ATTEMPTS) {
            done.accept(lost(id, metadata.pausesAsTold(), "the recording could not be stored"));
            return;
        }
        try {
            var unused = storer.schedule(
                    () -> store(metadata, attempt + 1, done),
                    firstRetry.toMillis() << (attempt - 1),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.warn("recording {} is left to the next life of the gateway", id);
        }
    }

    private static RecordingFile lost(String id, List<Pause> pauses, String message) {
        return new RecordingFile(id, false, null, 0, 0, CHANNELS, pauses, message);
    }

    private Path wav(String recordingId) {
        return folder.resolve(recordingId + ".wav");
    }

    private Path metadata(String recordingId) {
        return folder.resolve(recordingId + ".json");
    }
}
