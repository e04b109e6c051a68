package io.ringback.gateway.control;

import io.ringback.gateway.guard.FailedLogins;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use the control API: whoever shows its token, at any time. Wrong tokens are counted; an address that showed too
 * many of them within a minute is sent away. Thread-safe.
 */
public final class ControlGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ControlGuard.class);

    private final ControlToken token;
    private final FailedLogins failures;
    private final InstantSource clock;
    private final LongAdder wrong = new LongAdder();
    private final LongAdder sentAway = new LongAdder();
    private long untold;
    private long toldAtMs = Long.MIN_VALUE;

    /** What is to become of a request. */
    enum Verdict {
        LET_IN,
        /** It showed a wrong token, or none: 401. */
        WRONG,
        /** It did, and its address did too often: 429. */
        SENT_AWAY
    }

    /** @param token what callers have to know */
    public ControlGuard(ControlToken token, InstantSource clock) {
        this.token = token;
        this.failures = new FailedLogins(clock);
        this.clock = clock;
    }

    /**
     * Judges a request.
     *
     * @param source the address that it came from, as a literal
     * @param authorization what it shows; empty when nothing
     */
    Verdict judge(String source, String authorization) {
        if (token.isShownBy(authorization)) {
            return Verdict.LET_IN;
        }
        wrong.increment();
        tell(source);
        if (!failures.mayTry(source)) {
            sentAway.increment();
            return Verdict.SENT_AWAY;
        }
        failures.failed(source);
        return Verdict.WRONG;
    }

    /** Counters by name; {@code docs/operations.md} lists them. */
    public Map<String, Long> gauges() {
        return Map.of("wrongTokens", wrong.sum(), "refusedTokens", sentAway.sum());
    }

    /** At most one line a minute, however many try. */
    private synchronized void tell(String source) {
        untold++;
        long now = clock.millis();
        if (toldAtMs == Long.MIN_VALUE || now - toldAtMs > FailedLogins.WINDOW.toMillis()) {
            LOG.warn("the control API was shown a wrong token, {} times since last told, now by {}", untold, source);
            untold = 0;
            toldAtMs = now;
        }
    }
}
