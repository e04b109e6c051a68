package io.ringback.core.decision;

import io.ringback.core.call.Identifier;
import io.ringback.core.call.Participant;
import io.ringback.core.media.MediaCommand.DialLeg;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How parties are rung.
 *
 * @param callerId E.164 number that a trunk is shown
 * @param ringTimeout from the INVITE on
 */
record Dialling(@Nullable String callerId, Duration ringTimeout) {

    /** Adds a ringing participant and orders its INVITE; its id. */
    String dial(
            CallDraft draft,
            Identifier target,
            Participant.@Nullable Invitation invitation,
            DialLeg.@Nullable Coupling coupling) {
        Participant participant = Participant.ringing(draft.ids().newId(), target, invitation, draft.now());
        draft.add(participant);
        // A dial that starts later than its ring timer would ring somebody who no longer is to be called.
        draft.order(new DialLeg(
                participant.participantId(),
                target,
                callerId,
                ringTimeout,
                coupling,
                draft.now().plus(ringTimeout)));
        return participant.participantId();
    }
}
