package io.ringback.gateway.recording;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.media.AudioFormat;
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
 * What is known of a recording besides its sound; a JSON file beside it, written anew at each change, so that a later
 * life can finish what this one began.
 *
 * @param stoppedAt null while it records
 * @param participants their stays, in order of joining
 * @param file the finished file; null until it is made
 */
record RecordingMetadata(
        String recordingId,
        String serverCallId,
        GatewayRef gateway,
        Channels channelType,
        Format format,
        int sampleRate,
        Instant startDateTime,
        @Nullable Instant stoppedAt,
        List<PausedAt> pauses,
        List<Stay> participants,
        @Nullable FinishedFile file) {

    /**
     * A stretch that the file leaves out.
     *
     * @param cycle mixing cycles of 20 ms from the start of the recording to the start of the pause
     * @param end null while it lasts
     * @param endCycle as {@code cycle}; null while it lasts, or when the gateway was lost in it
     * @param fileOffset byte in the finished file at which the sound goes on; null until it is made. In an MP3 file it
     *     is where the MPEG frame begins that holds the cut
     */
    record PausedAt(
            Instant start,
            long cycle,
            @Nullable Instant end,
            @Nullable Long endCycle,
            @Nullable Long fileOffset) {}

    /**
     * A participant's stay.
     *
     * @param identifier its raw id, if known
     * @param channel of an unmixed file, from 0; null when the stay has none of its own
     * @param firstCycle recorded cycles of 20 ms, pauses left out, before the stay
     * @param left null when it stayed to the end
     */
    record Stay(
            String participantId,
            @Nullable String identifier,
            @Nullable Integer channel,
            long firstCycle,
            Instant joined,
            @Nullable Instant left) {}

    /** What the store holds. */
    record FinishedFile(String contentKey, String contentType, int channels, long sizeBytes, long durationMs) {}

    static RecordingMetadata begun(
            String serverCallId, GatewayRef gateway, SetRecording order, int sampleRate, Instant at) {
        return new RecordingMetadata(
                order.recordingId(),
                serverCallId,
                gateway,
                order.channels(),
                order.format(),
                sampleRate,
                at,
                null,
                List.of(),
                List.of(),
                null);
    }

    RecordingMetadata paused(Instant at, long cycle) {
        List<PausedAt> more = new ArrayList<>(pauses);
        more.add(new PausedAt(at, cycle, null, null, null));
        return with(stoppedAt, more, participants, file);
    }

    /** Ends the pause that lasts, if one does. */
    RecordingMetadata resumed(Instant at, @Nullable Long cycle) {
        if (!isPaused()) {
            return this;
        }
        List<PausedAt> ended = new ArrayList<>(pauses);
        PausedAt last = ended.remove(ended.size() - 1);
        ended.add(new PausedAt(last.start(), last.cycle(), at, cycle, null));
        return with(stoppedAt, ended, participants, file);
    }

    /** Ends the recording. {@code cycle} is null when its gateway was lost. */
    RecordingMetadata stopped(Instant at, @Nullable Long cycle) {
        return resumed(at, cycle).endedAt(at);
    }

    private RecordingMetadata endedAt(Instant at) {
        return with(at, pauses, participants, file);
    }

    RecordingMetadata withParticipants(List<Stay> stays) {
        return with(stoppedAt, pauses, List.copyOf(stays), file);
    }

    /** The file is made. */
    RecordingMetadata finished(FinishedFile made, FileOffsets offsets) {
        List<PausedAt> placed = new ArrayList<>();
        long left = 0;
        for (PausedAt pause : pauses) {
            long offset = offsets.of((pause.cycle() - left) * (sampleRate / AudioFormat.CYCLES_PER_SECOND));
            placed.add(new PausedAt(pause.start(), pause.cycle(), pause.end(), pause.endCycle(), offset));
            left += (pause.endCycle() == null ? pause.cycle() : pause.endCycle()) - pause.cycle();
        }
        return with(stoppedAt, placed, participants, made);
    }

    /** Where in a file sound stands. */
    interface FileOffsets {
        /** The byte at which the sample of that number, in each channel, begins. */
        long of(long frame);
    }

    @JsonIgnore
    boolean isPaused() {
        return !pauses.isEmpty() && pauses.get(pauses.size() - 1).end() == null;
    }

    List<Pause> pausesAsTold() {
        return pauses.stream()
                .map(pause -> new Pause(pause.start(), pause.end()))
                .toList();
    }

    /** Stays for which the file had no channel left. */
    long withoutChannel() {
        return channelType == Channels.MIXED
                ? 0
                : participants.stream().filter(stay -> stay.channel() == null).count();
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

    private RecordingMetadata with(
            @Nullable Instant stop, List<PausedAt> newPauses, List<Stay> stays, @Nullable FinishedFile made) {
        return new RecordingMetadata(
                recordingId,
                serverCallId,
                gateway,
                channelType,
                format,
                sampleRate,
                startDateTime,
                stop,
                newPauses,
                stays,
                made);
    }
}
