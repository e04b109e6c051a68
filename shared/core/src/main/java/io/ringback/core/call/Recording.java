package io.ringback.core.call;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording of a server call, then its file.
 *
 * @param startDateTime when the gateway began to record; null until it said so
 * @param durationMs length of the recorded sound without pauses, in ms, as last reported
 * @param contentKey the file's key in the recording store, once it is there and until its content is deleted
 * @param fileResult why the file failed, if it did
 */
@RecordBuilder
public record Recording(
        String recordingId,
        Callback callback,
        Channels channels,
        Format format,
        Status status,
        Instant requestedAt,
        @Nullable Instant startDateTime,
        long durationMs,
        List<Pause> pauses,
        @Nullable String contentKey,
        long sizeBytes,
        @Nullable ResultInfo fileResult)
        implements RecordingBuilder.With {

    /** One channel of everything, or one for each participant. */
    public enum Channels {
        MIXED,
        UNMIXED
    }

    /** The file's format. */
    public enum Format {
        WAV,
        MP3
    }

    /** As the API tells it (native API §2, GetRecording). */
    public enum Status {
        RECORDING,
        PAUSED,
        STOPPED,
        RECOVERING,
        AVAILABLE,
        FAILED;

        /** True while sound is, or can again be, taken. */
        public boolean isActive() {
            return this == RECORDING || this == PAUSED;
        }

        /** True once the file's fate was announced. */
        public boolean isFinal() {
            return this == AVAILABLE || this == FAILED;
        }
    }

    /** Whether its sound can be fetched; a file of one that was told as failed can only be deleted. */
    public boolean hasContent() {
        return status == Status.AVAILABLE && contentKey != null;
    }
}
