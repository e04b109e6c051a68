package io.ringback.functions.workers;

/**
 * The death of a process at a chosen point. What passes through here calls {@link #point} before and after everything
 * that it does outside; the point that was chosen throws, the others let pass.
 */
final class Crash {
    private int left;

    /** @param at the point that dies, from 0; beyond the last one nothing does */
    Crash(int at) {
        left = at;
    }

    void point() {
        if (left-- == 0) {
            throw new Death();
        }
    }

    /** Whether the chosen point was passed. */
    boolean happened() {
        return left < 0;
    }

    static final class Death extends RuntimeException {}
}
