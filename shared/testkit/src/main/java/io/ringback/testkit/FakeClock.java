package io.ringback.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when it is told to. Safe for several threads. */
public final class FakeClock implements InstantSource {
    private Instant now;

    public FakeClock(Instant start) {
        now = start;
    }

    /** A clock at noon of an ordinary day. */
    public static FakeClock atNoon() {
        return new FakeClock(Instant.parse("2026-03-02T12:00:00Z"));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves on and tells the new time; a negative duration sets the clock back. */
    public synchronized Instant advance(Duration by) {
        now = now.plus(by);
        return now;
    }

    public synchronized void set(Instant to) {
        now = to;
    }
}
