package io.ringback.core.port;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.media.MediaCommand.DialLeg;
import java.util.List;
import java.util.Optional;

/**
 * Places for legs that a commit takes on the gateway of its call (telephony §11). It follows from what the commit
 * dials, so that nothing is dialled without.
 *
 * @param legs how many are dialled, at least one
 * @param trunkLegs those of them that go over the trunk
 * @param newCall a gateway that is being drained takes none
 */
public record Reservation(GatewayRef gateway, int legs, int trunkLegs, boolean newCall) {

    static Optional<Reservation> of(ServerCall next, List<Effect> effects) {
        List<DialLeg> dials = effects.stream()
                .filter(Effect.Command.class::isInstance)
                .map(effect -> ((Effect.Command) effect).command())
                .filter(DialLeg.class::isInstance)
                .map(DialLeg.class::cast)
                .toList();
        if (dials.isEmpty()) {
            return Optional.empty();
        }
        int trunkLegs = (int)
                dials.stream().filter(dial -> dial.target().leavesByTrunk()).count();
        return Optional.of(new Reservation(next.gateway(), dials.size(), trunkLegs, next.version() == 0));
    }
}
