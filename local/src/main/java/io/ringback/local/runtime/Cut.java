package io.ringback.local.runtime;

/** Whether an execution environment was cut off from everything outside, as the cloud does at a time-out. */
final class Cut {
    private volatile boolean made;

    void make() {
        made = true;
    }

    boolean isMade() {
        return made;
    }
}
