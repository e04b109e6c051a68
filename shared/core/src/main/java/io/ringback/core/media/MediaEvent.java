package io.ringback.core.media;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Tone;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened at the media gateway. */
public sealed interface MediaEvent {
    /**
     * A caller's INVITE came and was accepted for routing: the first event of a call that no function placed. The
     * caller's leg, and for a call between two the callee's, are there from here on.
     *
     * @param kind INCOMING or PEER
     * @param callerLeg the caller's participant id
     * @param calleeLeg the callee's participant id for PEER; null for INCOMING
     * @param ringsUntil when the gateway gives the caller up for want of an answer
     */
    record CallOffered(
            Origin.Kind kind,
            Identifier from,
            @Nullable String callerDisplayName,
            Identifier to,
            String callerLeg,
            @Nullable String calleeLeg,
            Instant ringsUntil)
            implements MediaEvent {}

    /** An 18x came. */
    record LegRinging(String participantId, int sipStatus) implements MediaEvent {}

    /** The leg's 2xx was ACKed and sound flows. */
    record LegConnected(String participantId) implements MediaEvent {}

    /**
     * The leg is gone; sent exactly once for each leg that was ever ordered.
     *
     * @param sipStatus the final SIP status that ended it, where there was one
     * @param statistics what its media was like, for a leg that was connected
     */
    record LegEnded(
            String participantId,
            EndReason reason,
            @Nullable Integer sipStatus,
            String message,
            @Nullable LegStatistics statistics)
            implements MediaEvent {}

    /** The phone itself put the leg on hold, or took it off (a re-INVITE that sends only, or nothing). */
    record LegHeld(String participantId, boolean held) implements MediaEvent {}

    /** A key press, at its first packet. */
    record TonePressed(String participantId, Tone tone) implements MediaEvent {}

    /** A play began to sound. */
    record PlayStarted(String operationId) implements MediaEvent {}

    /**
     * A play is over; sent exactly once for each.
     *
     * @param stopTone the press that ended it, if one did
     * @param subcode for a failed one: 8536 unreachable file, 8535 wrong format, 8501 nobody to listen; else 0
     */
    record PlayEnded(
            String operationId, Outcome outcome, @Nullable Tone stopTone, int subcode, String message)
            implements MediaEvent {

        /** How a play ended. */
        public enum Outcome {
            COMPLETED,
            CANCELLED,
            FAILED
        }
    }

    /**
     * A sending of tones is over; sent exactly once for each.
     *
     * @param subcode for a failed one: 8501 when the leg was not there; else 0
     */
    record TonesSent(String operationId, PlayEnded.Outcome outcome, int subcode, String message)
            implements MediaEvent {}

    /** A CancelMedia took effect. */
    record MediaCancelled(String operationId, List<String> canceledOperationIds) implements MediaEvent {}

    /**
     * A recording was started, paused, resumed or stopped.
     *
     * @param startDateTime when recording began, wall clock
     * @param durationMs recorded sound so far, pauses left out, in ms
     * @param pauses all so far; the last may still be open
     */
    record RecordingChanged(
            String recordingId, Change change, Instant startDateTime, long durationMs, List<Pause> pauses)
            implements MediaEvent {

        /** What changed. */
        public enum Change {
            START,
            PAUSE,
            RESUME,
            STOP
        }
    }

    /**
     * The recording's file is there, or will never be; sent exactly once for each recording that was ordered.
     *
     * @param contentKey key in the recording store; null when it failed
     * @param channels number of channels of the file
     */
    record RecordingFile(
            String recordingId,
            boolean available,
            @Nullable String contentKey,
            long durationMs,
            long sizeBytes,
            int channels,
            List<Pause> pauses,
            String message)
            implements MediaEvent {}
}
