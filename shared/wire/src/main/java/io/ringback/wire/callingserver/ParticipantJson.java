package io.ringback.wire.callingserver;

import io.ringback.core.call.Participant;
import java.util.Comparator;
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
        return new ParticipantJson(
                IdentifierJson.of(participant.identifier()),
                participant.participantId(),
                participant.muted(),
                participant.isOnHold(),
                participant.holds().stream()
                        .min(Comparator.naturalOrder())
                        .map(WireNames::of)
                        .orElse(null),
                WireNames.of(participant.state()));
    }
}
