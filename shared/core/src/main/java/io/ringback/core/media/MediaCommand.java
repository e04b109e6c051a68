package io.ringback.core.media;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order to the media gateway. Each is the wanted state of a leg, an operation or a recording, so that it can be
 * repeated; its number in the call's stream of media commands goes with it, and the gateway ignores numbers that it
 * has passed.
 *
 * <p>Orders that end things name what they end. The gateway reports the end of each named leg or operation exactly
 * once, also of one it never heard of, because an order that overtakes voids those before it.
 */
public sealed interface MediaCommand {
    /** After this moment the order is too late and is dropped; its leg or operation still gets a result. */
    Instant notAfter();

    /**
     * Sends an INVITE.
     *
     * @param callerId E.164 number for From and P-Asserted-Identity, or null to use the trunk's default
     * @param ringTimeout from the INVITE on
     */
    record DialLeg(
            String participantId,
            Identifier target,
            @Nullable String callerId,
            Duration ringTimeout,
            Instant notAfter) implements MediaCommand {}

    /** Ends one leg: CANCEL or BYE. */
    record HangUpLeg(String participantId, EndReason reason, Instant notAfter) implements MediaCommand {}

    /** Ends every leg of the call. Overtakes. */
    record EndCall(List<String> participantIds, EndReason reason, Instant notAfter) implements MediaCommand {}

    /**
     * Plays a prompt: into the call's queue, or into one participant's.
     *
     * @param participantId the only listener, or null for all
     */
    record Play(
            String operationId,
            @Nullable String participantId,
            PromptSource source,
            boolean loop,
            Set<Tone> stopOnTones,
            Instant notAfter)
            implements MediaCommand {}

    /**
     * Cancels plays. Overtakes. The gateway reports PlayEnded(CANCELLED) for each, then MediaCancelled.
     *
     * @param operationId of the cancel itself
     * @param canceledOperationIds the plays to end; ends of those that ended meanwhile are not reported twice
     */
    record CancelPlays(String operationId, List<String> canceledOperationIds, Instant notAfter)
            implements MediaCommand {}

    /** Brings a recording into a state: starts, pauses, resumes or stops it. */
    record SetRecording(
            String recordingId, Wanted wanted, Recording.Channels channels, Recording.Format format, Instant notAfter)
            implements MediaCommand {

        /** The state that a recording is to have. */
        public enum Wanted {
            RECORDING,
            PAUSED,
            STOPPED
        }
    }
}
