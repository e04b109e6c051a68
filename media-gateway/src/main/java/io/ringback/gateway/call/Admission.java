package io.ringback.gateway.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many legs may live, and how many may begin in a second (telephony §11). Thread-safe.
 *
 * <p>The rate is a bucket of one second's worth of legs that fills steadily.
 */
final class Admission {
    private final int capacity;
    private final int perSecond;
    private final InstantSource clock;
    private int live;
    private double tokens;
    private Instant filled;

    Admission(int capacity, int perSecond, InstantSource clock) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.clock = clock;
        this.tokens = perSecond;
        this.filled = clock.instant();
    }

    /** Takes a place for a leg, which has to be given back. */
    synchronized boolean enter() {
        Instant now = clock.instant();
        double seconds = Duration.between(filled, now).toNanos() / 1e9;
        tokens = Math.min(perSecond, tokens + Math.max(0, seconds) * perSecond);
        filled = now;
        if (live >= capacity || tokens < 1) {
            return false;
        }
        tokens -= 1;
        live++;
        return true;
    }

    synchronized void leave() {
        live--;
    }

    /** Legs that live now. */
    synchronized int live() {
        return live;
    }

    int capacity() {
        return capacity;
    }
}
