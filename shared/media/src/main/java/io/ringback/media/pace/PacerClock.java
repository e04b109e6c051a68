package io.ringback.media.pace;

import java.util.concurrent.locks.LockSupport;

/** Monotonic time and waiting for it. */
public interface PacerClock {
    /** Monotonic time in ns, of any origin. */
    long nanoTime();

    /** Waits for about that long; may return early. */
    void park(long nanos);

    /** The machine's own. */
    static PacerClock system() {
        return new PacerClock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void park(long nanos) {
                LockSupport.parkNanos(nanos);
            }
        };
    }
}
