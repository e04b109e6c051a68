package io.ringback.functions.api.admission;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.Gateways;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;

/** Chooses the gateway of a new call: of those that live and take calls, the one with most free slots. */
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
     * The gateway; empty when none has room.
     *
     * @param legs how many slots the call needs at once
     */
    public Optional<GatewayRef> choose(int legs) {
        Instant oldest = clock.instant().minus(FRESH);
        return gateways.all().stream()
                .filter(gateway -> !gateway.draining()
                        && !gateway.fenced()
                        && gateway.heartbeatAt().isAfter(oldest)
                        && free(gateway) >= legs)
                .max(Comparator.comparingInt(GatewayChoice::free))
                .map(Gateways.Gateway::ref);
    }

    private static int free(Gateways.Gateway gateway) {
        return gateway.capacity() - gateway.load();
    }
}
