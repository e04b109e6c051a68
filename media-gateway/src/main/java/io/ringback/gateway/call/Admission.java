package io.ringback.gateway.call;

import io.ringback.core.port.Gateways.Reserved;
import io.ringback.core.port.Gateways.Slots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How many legs may live, and how many may begin in a second (telephony §11): the last judge, whatever was reserved.
 * Thread-safe.
 *
 * <p>The rate is a bucket of one second's worth of legs that fills steadily.
 */
public final class Admission {
    private final Capacity limits;
    private final InstantSource clock;
    private int live;
    private int onTrunk;
    private long came;
    private long cameForTrunk;
    private double tokens;
    private Instant filled;

    /**
     * What is taken at one moment.
     *
     * @param came reserved legs whose dial has come, or of which it is known that it never will
     */
    public record Census(Slots legs, Slots trunk, Reserved came) {}

    /** What one leg has; it is given back once. */
    final class Place {
        private final boolean overTrunk;
        private boolean left;

        private Place(boolean overTrunk) {
            this.overTrunk = overTrunk;
        }

        void leave() {
            synchronized (Admission.this) {
                if (!left) {
                    left = true;
                    live--;
                    onTrunk -= overTrunk ? 1 : 0;
                }
            }
        }
    }

    Admission(Capacity limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.tokens = limits.newLegsPerSecond();
        this.filled = clock.instant();
    }

    /** Takes a place for a leg, which has to be given back; empty when there is none. */
    synchronized Optional<Place> enter(boolean overTrunk) {
        Instant now = clock.instant();
        double seconds = Duration.between(filled, now).toNanos() / 1e9;
        tokens = Math.min(limits.newLegsPerSecond(), tokens + Math.max(0, seconds) * limits.newLegsPerSecond());
        filled = now;
        if (live >= limits.legs() || tokens < 1 || (overTrunk && onTrunk >= limits.trunkLegs())) {
            return Optional.empty();
        }
        tokens -= 1;
        live++;
        onTrunk += overTrunk ? 1 : 0;
        return Optional.of(new Place(overTrunk));
    }

    /** Live legs of one call at most. */
    int legsPerCall() {
        return limits.legsPerCall();
    }

    /** A dial has come, and has its place or will never have one: it is no longer a mere reservation. */
    synchronized void came(boolean overTrunk) {
        came++;
        cameForTrunk += overTrunk ? 1 : 0;
    }

    /** A dial was overtaken by an order to end its leg, so it will not come. Whether it was for the trunk is lost. */
    synchronized void voided() {
        came++;
    }

    /** In a new life nothing is reserved. */
    synchronized void renew() {
        came = 0;
        cameForTrunk = 0;
    }

    synchronized Census census() {
        return new Census(
                Slots.of(live, limits.legs()), Slots.of(onTrunk, limits.trunkLegs()), new Reserved(came, cameForTrunk));
    }
}
