package io.ringback.gateway.recording;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Pause;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.core.port.RecordingFiles;
import io.ringback.gateway.recording.RecordingMetadata.FinishedFile;
import io.ringback.media.AudioFormat;
import io.ringback.media.wav.WavFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Where recordings are made: a folder for the files that grow, a thread that writes them, two that finish what has
 * stopped (compose its channels, encode it) and hand it to the store. Neither a call nor a pacer waits for any of it.
 */
public final class RecordingRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingRoom.class);
    private static final int WRITE_EVERY_MS = 200;

    /** In writes: once a second. */
    private static final int FLUSH_EVERY = 5;

    private static final int FINISHERS = 2;

    /**
     * With the pauses between them a store may be away for eight minutes, and nothing is lost. Of an earlier life's
     * recording everything has to be told within a quarter of an hour, when it is given up.
     */
    private static final int ATTEMPTS = 10;

    private final RecordingFolder folder;
    private final FinishingTouch touch;
    private final RecordingFiles store;
    private final AudioFormat format;
    private final long minFreeBytes;
    private final Duration firstRetry;
    private final FreeSpace disk;
    /** With what stops each before the disk is full, or when it cannot be written. */
    private final Map<ActiveRecording, Runnable> active = new ConcurrentHashMap<>();

    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "recording-writer"));
    private final ScheduledExecutorService finishers =
            Executors.newScheduledThreadPool(FINISHERS, task -> new Thread(task, "recording-finisher"));

    private int rounds;

    /** Bytes that a disk still takes. */
    @FunctionalInterface
    public interface FreeSpace {
        long bytes() throws IOException;
    }

    /**
     * Opens the room.
     *
     * @param minFreeBytes no recording begins with less room on the disk; with less than half of it those that are made
     *     are stopped, and have the rest to be finished in
     * @param firstRetry pause after the first failed attempt to finish or store; it doubles each time
     */
    public RecordingRoom(Path folder, RecordingFiles store, AudioFormat format, long minFreeBytes, Duration firstRetry)
            throws IOException {
        this(new RecordingFolder(folder), store, format, minFreeBytes, firstRetry);
    }

    private RecordingRoom(
            RecordingFolder folder, RecordingFiles store, AudioFormat format, long minFreeBytes, Duration firstRetry) {
        this(folder, folder::usableBytes, store, format, minFreeBytes, firstRetry);
    }

    /** The same, on a disk of which this is asked how much it takes. */
    public RecordingRoom(
            Path folder,
            FreeSpace disk,
            RecordingFiles store,
            AudioFormat format,
            long minFreeBytes,
            Duration firstRetry)
            throws IOException {
        this(new RecordingFolder(folder), disk, store, format, minFreeBytes, firstRetry);
    }

    RecordingRoom(
            RecordingFolder folder,
            FreeSpace disk,
            RecordingFiles store,
            AudioFormat format,
            long minFreeBytes,
            Duration firstRetry) {
        this.folder = folder;
        this.disk = disk;
        this.touch = new FinishingTouch(folder);
        this.store = store;
        this.format = format;
        this.minFreeBytes = minFreeBytes;
        this.firstRetry = firstRetry;
        var unused =
                writer.scheduleWithFixedDelay(this::writeAll, WRITE_EVERY_MS, WRITE_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** Begins a recording: its files are there when this returns. */
    public ActiveRecording begin(String serverCallId, GatewayRef gateway, SetRecording order, Instant at)
            throws IOException {
        if (disk.bytes() < minFreeBytes) {
            throw new IOException("the gateway's disk is full");
        }
        if (Files.exists(folder.metadata(order.recordingId()))) {
            throw new IOException("a recording of this id was made before");
        }
        ActiveRecording recording = new ActiveRecording(
                RecordingMetadata.begun(serverCallId, gateway, order, format.sampleRate(), at), folder);
        active.put(recording, () -> {});
        return recording;
    }

    /**
     * Says what stops a recording when the disk is nearly full or does not take it; it is told on a thread of this room,
     * perhaps again.
     */
    public void whenFull(ActiveRecording recording, Runnable stop) {
        active.replace(recording, stop);
    }

    /** Recordings that are being made. */
    public int size() {
        return active.size();
    }

    /**
     * Closes a stopped recording whose recorder has ended, finishes and stores it and tells once what became of it, on
     * a thread of this room.
     */
    public void finish(ActiveRecording recording, Consumer<RecordingFile> done) {
        active.remove(recording);
        writer.execute(() -> {
            try {
                recording.finish();
            } catch (IOException e) {
                LOG.error("recording {} lost its end", recording.recordingId(), e);
            }
            RecordingMetadata stopped = recording.metadata();
            finishers.execute(() -> finish(stopped, 1, done));
        });
    }

    /** What an earlier life left: how it ended, if that was not written down, then its file. */
    public record Recovered(@Nullable RecordingChanged stop, RecordingFile file) {}

    /**
     * Makes an earlier life's recording whole and stores it; tells once, on a thread of this room.
     *
     * @param now when it counts as stopped, if it still recorded
     */
    public void recover(String recordingId, Instant now, Consumer<Recovered> done) {
        finishers.execute(() -> {
            RecordingMetadata metadata;
            try {
                metadata = RecordingMetadata.read(folder.metadata(recordingId));
            } catch (IOException e) {
                LOG.error("recording {} cannot be recovered", recordingId, e);
                done.accept(new Recovered(null, lost(recordingId, List.of(), "the recording cannot be recovered")));
                return;
            }
            boolean recorded = metadata.stoppedAt() == null;
            RecordingMetadata stopped = recorded ? metadata.stopped(now, null) : metadata;
            finish(
                    stopped,
                    1,
                    file -> done.accept(new Recovered(recorded ? stop(stopped, file.durationMs()) : null, file)));
        });
    }

    /** Deletes what earlier lives stored and told of, but had no time to delete; {@code owed} are not told of yet. */
    public void tidy(Set<String> owed) {
        try {
            folder.recordingIds().stream()
                    .filter(id -> !owed.contains(id) && folder.isStored(id))
                    .forEach(this::discard);
        } catch (IOException e) {
            LOG.warn("the local files of earlier recordings stay", e);
        }
    }

    /** Deletes the local files of a recording whose fate was told. */
    public void discard(String recordingId) {
        try {
            folder.delete(recordingId);
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
                active.forEach((recording, stop) -> write(recording, stop, true));
            }
            finishers.shutdown();
            if (!finishers.awaitTermination(5, TimeUnit.SECONDS)) {
                finishers.shutdownNow();
            }
        } catch (InterruptedException e) {
            finishers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A paused recording gets no sound that would fill its buffer, so each is flushed by the clock. */
    private void writeAll() {
        rounds = (rounds + 1) % FLUSH_EVERY;
        active.forEach((recording, stop) -> write(recording, stop, rounds == 0));
        if (rounds == 0 && !active.isEmpty() && isNearlyFull()) {
            LOG.error("the disk is nearly full: {} recordings are stopped", active.size());
            active.values().forEach(Runnable::run);
        }
    }

    private boolean isNearlyFull() {
        try {
            return disk.bytes() < minFreeBytes / 2;
        } catch (IOException e) {
            LOG.warn("nobody knows how full the disk is", e);
            return false;
        }
    }

    private static void write(ActiveRecording recording, Runnable stop, boolean flush) {
        try {
            if (flush) {
                recording.flush();
            } else {
                recording.drain();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("recording {} cannot be written and is stopped", recording.recordingId(), e);
            stop.run();
        }
    }

    private void finish(RecordingMetadata stopped, int attempt, Consumer<RecordingFile> done) {
        RecordingFile file;
        try {
            file = stored(touch.finish(stopped));
        } catch (NoSuchFileException | WavFormatException e) {
            LOG.error("recording {} has no sound", stopped.recordingId(), e);
            file = lost(stopped.recordingId(), stopped.pausesAsTold(), "the recording's sound was lost");
        } catch (IOException | RuntimeException e) {
            again(stopped, attempt, e, done);
            return;
        }
        done.accept(file);
    }

    private RecordingFile stored(RecordingMetadata finished) throws IOException {
        String id = finished.recordingId();
        FinishedFile file = Objects.requireNonNull(finished.file());
        store.store(RecordingFiles.metadataKey(id), folder.metadata(id), "application/json");
        store.store(file.contentKey(), folder.finished(id, finished.format()), file.contentType());
        folder.markStored(id);
        long missing = finished.withoutChannel();
        return new RecordingFile(
                id,
                true,
                file.contentKey(),
                file.durationMs(),
                file.sizeBytes(),
                file.channels(),
                finished.pausesAsTold(),
                missing == 0 ? "stored" : "stored without " + missing + " participants: all channels were taken");
    }

    private void again(RecordingMetadata stopped, int attempt, Exception cause, Consumer<RecordingFile> done) {
        String id = stopped.recordingId();
        LOG.warn("recording {} could not be finished and stored, attempt {}", id, attempt, cause);
        if (attempt >= ATTEMPTS) {
            done.accept(lost(id, stopped.pausesAsTold(), "the recording could not be stored"));
            return;
        }
        try {
            var unused = finishers.schedule(
                    () -> finish(stopped, attempt + 1, done),
                    firstRetry.toMillis() << (attempt - 1),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.warn("recording {} is left to the next life of the gateway", id);
        }
    }

    private static RecordingChanged stop(RecordingMetadata stopped, long millis) {
        return new RecordingChanged(
                stopped.recordingId(), Change.STOP, stopped.startDateTime(), millis, stopped.pausesAsTold());
    }

    private static RecordingFile lost(String id, List<Pause> pauses, String message) {
        return new RecordingFile(id, false, null, 0, 0, 0, pauses, message);
    }
}
