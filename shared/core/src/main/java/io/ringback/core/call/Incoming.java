package io.ringback.core.call;

import java.time.Instant;
import java.util.List;
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

    /** True while the caller rings: neither answered nor refused, and it has not given up. */
    public boolean isRinging(CallState callState, List<Participant> participants) {
        return callState.isOpen()
                && participants.stream()
                        .anyMatch(
                                p -> p.participantId().equals(participantId) && p.state() == Participant.State.RINGING);
    }

    /** True while the caller rings and an application may still decide. */
    public boolean awaitsDecision(CallState callState, List<Participant> participants) {
        return decided == Decided.NOT_YET && isRinging(callState, participants);
    }

    public Incoming decided(Decided decision) {
        return new Incoming(participantId, callerDisplayName, ringsUntil, decision);
    }
}
