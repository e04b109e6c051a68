package io.ringback.functions.api.admission;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Gateways.Gateway;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** Chooses among gateways for a new call: those that live and take calls, by their free places. */
public final class GatewayChoice {
    /** Three heartbeats. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final Gateways gateways;
    private final InstantSource clock;

    public GatewayChoice(Gateways gateways, InstantSource clock) {
        this.gateways = gateways;
        this.clock = clock;
    }

    /**
     * The gateways that have room, the one with most of it first; by the time of the commit that may have changed.
     *
     * @param targets whom the call dials at once
     */
    public List<GatewayRef> choose(List<Identifier> targets) {
        Instant oldest = clock.instant().minus(FRESH);
        long trunkLegs = targets.stream().filter(Identifier::leavesByTrunk).count();
        return gateways.all().stream()
                .filter(gateway -> !gateway.draining()
                        && !gateway.fenced()
                        && gateway.heartbeatAt().isAfter(oldest)
                        && gateway.legs().free() >= targets.size()
                        && (trunkLegs == 0 || gateway.trunk().free() >= trunkLegs))
                .sorted(Comparator.comparingInt(
                                (Gateway gateway) -> gateway.legs().free())
                        .reversed())
                .map(Gateway::ref)
                .toList();
    }
}
