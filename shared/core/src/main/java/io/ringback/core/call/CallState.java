package io.ringback.core.call;

/** Where a server call, or a connection to it, stands (design: every end passes TERMINATING). */
public enum CallState {
    ESTABLISHING,
    ESTABLISHED,
    TRANSFERRING,
    TERMINATING,
    TERMINATED;

    /** True until the end has begun. */
    public boolean isOpen() {
        return this != TERMINATING && this != TERMINATED;
    }
}
