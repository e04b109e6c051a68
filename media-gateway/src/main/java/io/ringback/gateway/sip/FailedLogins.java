package io.ringback.gateway.sip;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often an address failed to prove who it is. Counted only where the proof rested on a nonce of ours, so that nobody
 * can shut out an address that is not its own. Bounded; thread-safe.
 */
final class FailedLogins {
    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int ADDRESSES = 2048;

    private final InstantSource clock;
    private final Map<InetAddress, Failures> failures = new LinkedHashMap<>();

    private record Failures(int count, long since) {}

    FailedLogins(InstantSource clock) {
        this.clock = clock;
    }

    /** False while the address failed so often that it is not even listened to. */
    synchronized boolean mayTry(InetAddress source) {
        Failures known = failures.get(source);
        return known == null || known.count() < MOST || isOver(known);
    }

    synchronized void failed(InetAddress source) {
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
        return clock.millis() - known.since() > WINDOW.toMillis();
    }
}
