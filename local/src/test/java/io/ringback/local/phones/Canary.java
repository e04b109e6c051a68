package io.ringback.local.phones;

import java.util.concurrent.locks.LockSupport;

/**
 * Watches how late this machine lets a thread run that has nothing to do but to wake every 5 ms. Where it sings, a test
 * by the real clock measures its neighbours on the machine and not what it is about.
 */
public final class Canary implements AutoCloseable {
    private static final long STEP_NANOS = 5_000_000;

    private final Thread thread = new Thread(this::watch, "canary");
    private volatile boolean closed;
    private volatile long worstNanos;

    /** Starts to watch. */
    public Canary() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        long due = System.nanoTime() + STEP_NANOS;
        while (!closed) {
            long now = System.nanoTime();
            if (now < due) {
                LockSupport.parkNanos(due - now);
            } else {
                worstNanos = Math.max(worstNanos, now - due);
                due = now + STEP_NANOS;
            }
        }
    }

    /** How late it ran at worst, in ms. */
    public double worstLatenessMillis() {
        return worstNanos / 1e6;
    }

    @Override
    public void close() {
        closed = true;
    }
}
