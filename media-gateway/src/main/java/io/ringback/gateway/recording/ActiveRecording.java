package io.ringback.gateway.recording;

import io.ringback.core.call.Recording.Channels;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import io.ringback.gateway.recording.RecordingMetadata.Stay;
import io.ringback.media.AudioFormat;
import io.ringback.media.record.Presence;
import io.ringback.media.record.Recorder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording that is being made. Its recorder belongs to the pacer, its files to the writer, all else to the call; the
 * metadata, to which both the call and the writer add, is guarded by a lock.
 */
public final class ActiveRecording {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRecording.class);

    /** How long the disk may stall before silence replaces sound. */
    private static final int RING_CYCLES = 10 * AudioFormat.CYCLES_PER_SECOND;

    /** What a file may have besides the application's channel (telephony §9). */
    private static final int MOST_PARTICIPANTS = 31;

    private final String id;
    private final RecordingFolder folder;
    private final Recorder recorder;
    private final SoundFiles files;
    private final Map<String, String> identifiers = new ConcurrentHashMap<>();
    private List<Presence> noted = List.of();
    private RecordingMetadata metadata;

    /**
     * Where the recorder stands.
     *
     * @param cycle mixing cycles since the start, pauses included
     * @param recorded those that are in the file
     */
    public record Position(long cycle, long recorded) {}

    ActiveRecording(RecordingMetadata metadata, RecordingFolder folder) throws IOException {
        this.metadata = metadata;
        this.folder = folder;
        AudioFormat format = new AudioFormat(metadata.sampleRate());
        id = metadata.recordingId();
        // Before its sound, so that a later life knows every file that it finds.
        metadata.write(folder.metadata(id));
        if (metadata.channelType() == Channels.MIXED) {
            recorder = Recorder.mixed(format, RING_CYCLES);
            files = new SoundFiles.Mix(recorder, folder, id, format);
        } else {
            recorder = Recorder.unmixed(format, RING_CYCLES, MOST_PARTICIPANTS);
            files = new SoundFiles.Spools(recorder, folder, id, format);
        }
    }

    public String recordingId() {
        return id;
    }

    /** What takes the sound: to be touched on the pacer's thread only. */
    public Recorder recorder() {
        return recorder;
    }

    /** Where the recorder stands. On the pacer's thread. */
    public Position position() {
        return new Position(recorder.cycles(), recorder.recordedCycles());
    }

    public synchronized boolean isPaused() {
        return metadata.isPaused();
    }

    /** Who a participant is, for the metadata; may be said before or after it joins. */
    public void identify(String participantId, String rawId) {
        identifiers.put(participantId, rawId);
    }

    /** It has begun. */
    public RecordingChanged started() {
        return changed(Change.START, new Position(0, 0));
    }

    /** The recorder leaves out what comes from this position on. */
    public synchronized RecordingChanged paused(Instant at, Position position) {
        keep(metadata.paused(at, position.cycle()));
        return changed(Change.PAUSE, position);
    }

    /** The recorder records again. */
    public synchronized RecordingChanged resumed(Instant at, Position position) {
        keep(metadata.resumed(at, position.cycle()));
        return changed(Change.RESUME, position);
    }

    /**
     * The recorder has taken its last frame. That is written by {@link #finish} only, after it was told: a stop that was
     * never told is told by the next life.
     */
    public synchronized RecordingChanged stopped(Instant at, Position position) {
        metadata = metadata.stopped(at, position.cycle());
        return changed(Change.STOP, position);
    }

    /** Writes what the pacer has put, and who joined or left. On the writer's thread, as all below. */
    void drain() throws IOException {
        noteParticipants();
        files.drain();
    }

    /** Writes what the pacer has put and makes it outlive the process. */
    void flush() throws IOException {
        drain();
        files.flush();
    }

    /** Writes the rest and closes the files, after the recorder has ended. */
    void finish() throws IOException {
        noteParticipants();
        files.close();
    }

    /** As the last change left it, which is on the disk too when this returns. */
    synchronized RecordingMetadata metadata() {
        keep(metadata);
        return metadata;
    }

    private synchronized void noteParticipants() {
        List<Presence> now = recorder.presences();
        if (!now.equals(noted)) {
            noted = now;
            keep(metadata.withParticipants(now.stream().map(this::stay).toList()));
        }
    }

    private Stay stay(Presence presence) {
        return new Stay(
                presence.participantId(),
                identifiers.get(presence.participantId()),
                presence.channel() == Presence.NONE ? null : presence.channel(),
                presence.firstCycle(),
                moment(presence.joinedCycle()),
                presence.leftCycle() == Presence.STILL_THERE ? null : moment(presence.leftCycle()));
    }

    /** Cycles are the only clock of a recording. */
    private Instant moment(long cycle) {
        return metadata.startDateTime().plusMillis(cycle * AudioFormat.CYCLE_MILLIS);
    }

    private synchronized RecordingChanged changed(Change change, Position position) {
        return new RecordingChanged(
                id,
                change,
                metadata.startDateTime(),
                position.recorded() * AudioFormat.CYCLE_MILLIS,
                metadata.pausesAsTold());
    }

    /** Without the file a later life recovers less, but the recording itself goes on. */
    private void keep(RecordingMetadata next) {
        metadata = next;
        try {
            next.write(folder.metadata(id));
        } catch (IOException e) {
            LOG.error("the metadata of recording {} cannot be written", id, e);
        }
    }
}
