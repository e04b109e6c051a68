package io.ringback.gateway.recording;

import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import io.ringback.media.AudioFormat;
import io.ringback.media.record.Recorder;
import io.ringback.media.wav.WavWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mixed recording that is being made. Its recorder belongs to the pacer, its file to the writer, all else to the call.
 */
public final class ActiveRecording {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRecording.class);

    /** How long the disk may stall before silence replaces sound. */
    private static final int RING_SECONDS = 10;

    private final Path metadataFile;
    private final AudioFormat format;
    private final Recorder recorder;
    private final WavWriter writer;
    private RecordingMetadata metadata;

    /**
     * Where the recorder stands.
     *
     * @param cycle mixing cycles since the start, pauses included
     * @param recorded those that are in the file
     */
    public record Position(long cycle, long recorded) {}

    ActiveRecording(RecordingMetadata metadata, Path metadataFile, AudioFormat format, WavWriter writer)
            throws IOException {
        this.metadata = metadata;
        this.metadataFile = metadataFile;
        this.format = format;
        this.writer = writer;
        this.recorder = Recorder.mixed(format, RING_SECONDS * AudioFormat.CYCLES_PER_SECOND);
        metadata.write(metadataFile);
    }

    public String recordingId() {
        return metadata.recordingId();
    }

    /** What takes the sound: to be touched on the pacer's thread only. */
    public Recorder recorder() {
        return recorder;
    }

    /** Where the recorder stands. On the pacer's thread. */
    public Position position() {
        return new Position(recorder.cycles(), recorder.recordedCycles());
    }

    public boolean isPaused() {
        return metadata.isPaused();
    }

    /** It has begun. */
    public RecordingChanged started() {
        return changed(Change.START, new Position(0, 0));
    }

    /** The recorder leaves out what comes from this position on. */
    public RecordingChanged paused(Instant at, Position position) {
        long offset = WavWriter.headerBytes(1) + position.recorded() * format.samplesPerCycle() * 2;
        keep(metadata.paused(at, position.cycle(), offset));
        return changed(Change.PAUSE, position);
    }

    /** The recorder records again. */
    public RecordingChanged resumed(Instant at, Position position) {
        keep(metadata.resumed(at, position.cycle()));
        return changed(Change.RESUME, position);
    }

    /** The recorder has taken its last frame. */
    public RecordingChanged stopped(Instant at, Position position) {
        keep(metadata.stopped(at, position.cycle()));
        return changed(Change.STOP, position);
    }

    RecordingMetadata metadata() {
        return metadata;
    }

    /** Writes what the pacer has put. On the writer's thread. */
    void drain() throws IOException {
        recorder.common().drain(writer::write);
    }

    /** Writes what the pacer has put and what a player needs to know of it. On the writer's thread. */
    void flush() throws IOException {
        drain();
        writer.flush();
    }

    /** Writes the rest and closes the file. On the writer's thread, after the pacer has let go. */
    void finish() throws IOException {
        try (writer) {
            recorder.common().drain(writer::write);
        }
    }

    private RecordingChanged changed(Change change, Position position) {
        return new RecordingChanged(
                metadata.recordingId(),
                change,
                metadata.startDateTime(),
                position.recorded() * AudioFormat.CYCLE_MILLIS,
                metadata.pausesAsTold());
    }

    /** Without the file a later life recovers less, but the recording itself goes on. */
    private void keep(RecordingMetadata next) {
        metadata = next;
        try {
            next.write(metadataFile);
        } catch (IOException e) {
            LOG.error("the metadata of recording {} cannot be written", next.recordingId(), e);
        }
    }
}
