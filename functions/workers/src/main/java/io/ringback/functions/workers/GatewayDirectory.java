package io.ringback.functions.workers;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Gateways.Gateway;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The rows of gateways, read at most every five seconds, as long as they show the life that is asked for. */
final class GatewayDirectory {
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final Gateways gateways;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    GatewayDirectory(Gateways gateways, InstantSource clock) {
        this.gateways = gateways;
        this.clock = clock;
    }

    /** Where the gateway that has, or had, this life stands now; empty when it has never announced itself. */
    Optional<Gateway> find(GatewayRef life) {
        Seen known = seen.get(life.gatewayId());
        Instant now = clock.instant();
        if (known != null && known.isGood(life, now)) {
            return Optional.of(known.gateway());
        }
        Optional<Gateway> row = gateways.find(life.gatewayId());
        row.ifPresent(gateway -> seen.put(life.gatewayId(), new Seen(gateway, now)));
        return row;
    }

    /** Whether this life is over for certain: the gateway was fenced in it, or has a later one. */
    static boolean isOver(GatewayRef life, Gateway row) {
        int order = row.ref().epoch().compareTo(life.epoch());
        return order > 0 || (order == 0 && row.fenced());
    }

    private record Seen(Gateway gateway, Instant at) {
        boolean isGood(GatewayRef life, Instant now) {
            return gateway.ref().equals(life) && now.isBefore(at.plus(KEPT));
        }
    }
}
