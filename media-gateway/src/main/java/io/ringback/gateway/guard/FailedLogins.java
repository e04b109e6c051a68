package io.ringback.gateway.guard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often an address failed to prove who it is. To be counted only where nobody can send from an address that is not
 * its own: over TCP, or with a proof that rests on a nonce of ours. Bounded; thread-safe.
 */
public final class FailedLogins {
    /** Failures within a {@link #WINDOW}. */
    public static final int MOST = 10;

    /** From the first failure on. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    static final int ADDRESSES = 2048;

    private final InstantSource clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    private record Failures(int count, long since) {}

    public FailedLogins(InstantSource clock) {
        this.clock = clock;
    }

    /** False while the address, as a literal, failed so often that it is not even listened to. */
    public synchronized boolean mayTry(String source) {
        Failures known = failures.get(source);
        return known == null || known.count() < MOST || isOver(known);
    }

    /** Counts a failure. */
    public synchronized void failed(String source) {
        Failures known = failures.remove(source);
        failures.put(
                source,
                known == null || isOver(known)
                        ? new Failures(1, clock.millis())
                        : new Failures(known.count() + 1, known.since()));
        if (failures.size() > ADDRESSES) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    private boolean isOver(Failures known) {
        long past = clock.millis() - known.since();
        // Below 0 the clock was set back, and nobody knows when the window would end.
        return past < 0 || past > WINDOW.toMillis();
    }
}
