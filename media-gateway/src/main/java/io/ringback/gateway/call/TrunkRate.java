package io.ringback.gateway.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Spreads dials over the trunk: one second's worth at once, then at the trunk's rate (telephony §11). Thread-safe.
 */
final class TrunkRate {
    /** No dial waits longer for its turn. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Duration interval;
    private final InstantSource clock;
    /** When the trunk has caught up with all dials so far. */
    private Instant caughtUp;

    TrunkRate(int perSecond, InstantSource clock) {
        this.interval = Duration.ofSeconds(1).dividedBy(perSecond);
        this.clock = clock;
        this.caughtUp = clock.instant();
    }

    /** Takes the next turn: how long to wait for it; empty when it would be too long, and none is taken. */
    synchronized Optional<Duration> next() {
        Instant now = clock.instant();
        // Further ahead than any turn that was given: the clock was set back.
        boolean setBack = caughtUp.isAfter(now.plus(LONGEST_WAIT).plusSeconds(1));
        Instant behind = setBack || caughtUp.isBefore(now) ? now : caughtUp;
        Instant turn = behind.plus(interval).minusSeconds(1);
        Duration wait = turn.isBefore(now) ? Duration.ZERO : Duration.between(now, turn);
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            return Optional.empty();
        }
        caughtUp = behind.plus(interval);
        return Optional.of(wait);
    }
}
