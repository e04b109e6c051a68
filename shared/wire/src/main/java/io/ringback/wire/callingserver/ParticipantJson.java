package io.ringback.wire.callingserver;

import io.ringback.core.call.Participant;
import org.jspecify.annotations.Nullable;

/** A Participant as it is answered (native API §3). */
record ParticipantJson(
        IdentifierJson identifier,
        String participantId,
        boolean isMuted,
        boolean isOnHold,
        @Nullable String heldBy,
        String state) {

    static ParticipantJson of(Participant participant) {
        Participant.HeldBy heldBy = participant.heldBy();
        return new ParticipantJson(
                IdentifierJson.of(participant.identifier()),
                participant.participantId(),
                participant.muted(),
                heldBy != null,
                heldBy == null ? null : WireNames.of(heldBy),
                WireNames.of(participant.state()));
    }
}
