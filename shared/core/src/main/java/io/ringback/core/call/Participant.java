package io.ringback.core.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One party with one leg (a SIP dialog).
 *
 * @param heldBy who holds it, if anybody
 * @param dtmfCount how many key presses it has sent: the last {@code sequenceId}
 * @param endReason why the leg ended, once it has
 */
public record Participant(
        String participantId,
        Identifier identifier,
        State state,
        boolean muted,
        @Nullable HeldBy heldBy,
        @Nullable String operationContext,
        long dtmfCount,
        Instant invitedAt,
        @Nullable Instant connectedAt,
        @Nullable Instant endedAt,
        @Nullable ResultInfo endReason) {

    /** A leg is live while ringing or connected. */
    public enum State {
        RINGING,
        CONNECTED,
        LEFT,
        FAILED
    }

    /** Who put a leg on hold. */
    public enum HeldBy {
        APPLICATION,
        PARTICIPANT
    }

    public boolean isLive() {
        return state == State.RINGING || state == State.CONNECTED;
    }
}
