package io.ringback.gateway.recording;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Pause;
import io.ringback.wire.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a recording besides its sound; a JSON file beside the WAV, written anew at each change.
 *
 * @param stoppedAt null while it records
 */
record RecordingMetadata(
        String recordingId,
        String serverCallId,
        GatewayRef gateway,
        int sampleRate,
        int channels,
        Instant startDateTime,
        @Nullable Instant stoppedAt,
        List<PausedAt> pauses) {

    /**
     * A stretch that the file leaves out.
     *
     * @param cycle mixing cycles from the start of the recording to the start of the pause
     * @param fileOffset byte in the file at which the sound goes on
     * @param end null while it lasts
     * @param endCycle cycles from the start of the recording to the end of the pause; 0 while it lasts
     */
    record PausedAt(
            Instant start,
            long cycle,
            long fileOffset,
            @Nullable Instant end,
            long endCycle) {}

    RecordingMetadata paused(Instant at, long cycle, long fileOffset) {
        List<PausedAt> more = new ArrayList<>(pauses);
        more.add(new PausedAt(at, cycle, fileOffset, null, 0));
        return with(stoppedAt, more);
    }

    /** Ends the pause that lasts, if one does. */
    RecordingMetadata resumed(Instant at, long cycle) {
        if (!isPaused()) {
            return this;
        }
        List<PausedAt> ended = new ArrayList<>(pauses);
        PausedAt last = ended.remove(ended.size() - 1);
        ended.add(new PausedAt(last.start(), last.cycle(), last.fileOffset(), at, cycle));
        return with(stoppedAt, ended);
    }

    RecordingMetadata stopped(Instant at, long cycle) {
        return resumed(at, cycle).with(at, null);
    }

    boolean isPaused() {
        return !pauses.isEmpty() && pauses.get(pauses.size() - 1).end() == null;
    }

    List<Pause> pausesAsTold() {
        return pauses.stream()
                .map(pause -> new Pause(pause.start(), pause.end()))
                .toList();
    }

    /** Replaces the file in one step. */
    void write(Path path) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.writeString(fresh, Json.write(this));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static RecordingMetadata read(Path path) throws IOException {
        return Json.mapper().readValue(path.toFile(), RecordingMetadata.class);
    }

    private RecordingMetadata with(@Nullable Instant stop, @Nullable List<PausedAt> newPauses) {
        return new RecordingMetadata(
                recordingId,
                serverCallId,
                gateway,
                sampleRate,
                channels,
                startDateTime,
                stop,
                newPauses == null ? pauses : newPauses);
    }
}
