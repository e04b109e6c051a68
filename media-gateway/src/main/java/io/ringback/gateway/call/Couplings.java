package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling.Kind;
import io.ringback.gateway.sip.InboundLeg;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What another leg of the call has of a dialled one until it answers (telephony §10): the transferred party hears a
 * ringback tone while it rings, the caller of a redirected or direct call is told and hears what it sends.
 */
final class Couplings {
    private final Legs legs;
    private final Supplier<CallSound> sound;
    private final Map<String, Coupling> byDialled = new LinkedHashMap<>();

    Couplings(Legs legs, Supplier<CallSound> sound) {
        this.legs = legs;
        this.sound = sound;
    }

    /** Ties a leg that is being dialled to another. */
    void couple(Leg dialled, @Nullable Coupling coupling) {
        if (coupling != null) {
            byDialled.put(dialled.participantId(), coupling);
        }
    }

    void ringing(Leg dialled) {
        Coupling coupling = byDialled.get(dialled.participantId());
        if (coupling == null) {
            return;
        }
        if (coupling.kind() == Kind.RINGBACK) {
            sound.get().ringback(coupling.participantId(), true);
        } else {
            caller(coupling).ifPresent(InboundLeg::ring);
        }
    }

    /** A caller hears the early media of the leg that it waits for; 183 tells it so. */
    void earlyMedia(Leg dialled) {
        Coupling coupling = byDialled.get(dialled.participantId());
        if (coupling != null && coupling.kind() == Kind.FORWARD) {
            caller(coupling).ifPresent(caller -> {
                caller.early();
                sound.get().earlyMedia(dialled.participantId(), coupling.participantId());
            });
        }
    }

    void connected(Leg leg) {
        Coupling coupling = byDialled.remove(leg.participantId());
        if (coupling != null && coupling.kind() == Kind.RINGBACK) {
            endRingback(coupling.participantId());
        } else if (coupling != null) {
            legs.find(coupling.participantId()).ifPresent(Leg::answer);
        }
    }

    /** A leg of the call ended: the dialled one, or one that waited for others. */
    void left(Leg leg, EndReason reason, @Nullable Integer sipStatus) {
        Coupling coupling = byDialled.remove(leg.participantId());
        if (coupling != null && coupling.kind() == Kind.RINGBACK) {
            endRingback(coupling.participantId());
        } else if (coupling != null) {
            refuse(coupling, reason, sipStatus);
        }
        for (Map.Entry<String, Coupling> waiting : List.copyOf(byDialled.entrySet())) {
            if (waiting.getValue().participantId().equals(leg.participantId())
                    && waiting.getValue().kind() == Kind.FORWARD) {
                legs.hangUp(waiting.getKey(), EndReason.CANCELLED);
            }
        }
    }

    /** A leg that was to be tied to another ended before it was dialled. */
    void neverDialled(Coupling coupling, EndReason reason) {
        if (coupling.kind() == Kind.FORWARD) {
            refuse(coupling, reason, null);
        }
    }

    private void refuse(Coupling coupling, EndReason reason, @Nullable Integer sipStatus) {
        legs.find(coupling.participantId())
                .ifPresent(caller -> caller.refuse(Refusals.passedOn(reason, sipStatus), reason));
    }

    private void endRingback(String participantId) {
        boolean another = byDialled.entrySet().stream()
                .anyMatch(entry -> entry.getValue().equals(new Coupling(participantId, Kind.RINGBACK))
                        && legs.find(entry.getKey())
                                .filter(leg -> leg.state() == Leg.State.RINGING)
                                .isPresent());
        if (!another && legs.find(participantId).isPresent()) {
            sound.get().ringback(participantId, false);
        }
    }

    private Optional<InboundLeg> caller(Coupling coupling) {
        return legs.find(coupling.participantId()).map(Leg::waiting);
    }
}
