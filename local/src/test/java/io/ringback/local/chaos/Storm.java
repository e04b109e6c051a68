package io.ringback.local.chaos;

/** Whether faults happen now: they begin when the stack stands, and end before what they left is cleared up. */
final class Storm {
    private volatile boolean raging;

    void begin() {
        raging = true;
    }

    void end() {
        raging = false;
    }

    boolean rages() {
        return raging;
    }
}
