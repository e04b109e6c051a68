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
    /**
     * After this moment the order is too late and is dropped; its leg or operation still gets a result. One that ends
     * something or says how a leg sounds is told all the same, if the gateway can be reached, and else ordered again.
     */
    Instant notAfter();

    /**
     * Sends an INVITE.
     *
     * @param callerId E.164 number for From and P-Asserted-Identity, or null to use the trunk's default
     * @param ringTimeout from the INVITE on
     * @param coupling another leg of the call that is tied to this one until it is answered, or null
     */
    record DialLeg(
            String participantId,
            Identifier target,
            @Nullable String callerId,
            Duration ringTimeout,
            @Nullable Coupling coupling,
            Instant notAfter)
            implements MediaCommand {

        /**
         * What another leg has of the dialling.
         *
         * @param participantId that other leg
         */
        public record Coupling(String participantId, Kind kind) {
            /** How the two are tied. */
            public enum Kind {
                /** The other leg is connected and hears a ringback tone while this one rings: a transfer. */
                RINGBACK,
                /**
                 * The other leg is a caller that waits for an answer: it is sent the provisional answers and the early
                 * media of this one, is answered when this one answers and refused as this one refuses: a redirect.
                 */
                FORWARD
            }
        }
    }

    /** Answers a caller's INVITE with 200. */
    record AnswerLeg(String participantId, Instant notAfter) implements MediaCommand {}

    /** Refuses a caller's INVITE with this final SIP status. */
    record RejectLeg(String participantId, int sipStatus, Instant notAfter) implements MediaCommand {}

    /**
     * How a leg is heard and what it hears. A muted leg is heard by nobody; one on hold is heard by nobody and hears
     * the music only.
     *
     * @param music what a held leg hears over and over; null for silence
     * @param before what holds on when the gateway does not take the order; the gateway itself has no use for it
     */
    record SetLeg(
            String participantId,
            boolean muted,
            boolean held,
            @Nullable PromptSource music,
            Sounding before,
            Instant notAfter)
            implements MediaCommand {

        /** A state of a leg, of which the members say what those of the order say. */
        public record Sounding(
                boolean muted, boolean held, @Nullable PromptSource music) {
            /** As every leg is in the beginning. */
            public static final Sounding PLAIN = new Sounding(false, false, null);
        }

        /** What is wanted. */
        public Sounding wanted() {
            return new Sounding(muted, held, music);
        }
    }

    /** Sends key presses to one leg, one after the other. The gateway reports TonesSent. */
    record SendTones(String operationId, String participantId, List<Tone> tones, Instant notAfter)
            implements MediaCommand {}

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
     * Cancels plays and sendings of tones. Overtakes. The gateway reports PlayEnded or TonesSent, CANCELLED, for each,
     * then MediaCancelled.
     *
     * @param operationId of the cancel itself
     * @param canceledOperationIds the operations to end; ends of those that ended meanwhile are not reported twice
     */
    record CancelMedia(String operationId, List<String> canceledOperationIds, Instant notAfter)
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
