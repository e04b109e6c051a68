package io.ringback.core.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that came in and what was decided about it (telephony §5). Only the first decision counts.
 *
 * @param participantId the caller's leg, which rings until the decision
 * @param callerDisplayName the name that the caller's SIP sent, if any
 * @param ringsUntil when the gateway refuses the caller with 480 for want of a decision
 */
public record Incoming(String participantId, @Nullable String callerDisplayName, Instant ringsUntil, Decided decided) {

    /** What an application made of the call. */
    public enum Decided {
        NOT_YET,
        ANSWERED,
        REJECTED,
        REDIRECTED
    }

    public Incoming decided(Decided decision) {
        return new Incoming(participantId, callerDisplayName, ringsUntil, decision);
    }
}
