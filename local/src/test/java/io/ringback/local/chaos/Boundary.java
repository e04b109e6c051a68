package io.ringback.local.chaos;

/**
 * A place where an invocation can die.
 *
 * @param function its logical id
 * @param operation of the cloud's API, e.g. {@code TransactWriteItems}
 */
record Boundary(String function, String operation, Side side) {
    /** Before the request left, or after it took effect. */
    enum Side {
        BEFORE,
        AFTER
    }

    @Override
    public String toString() {
        return "died " + side + " " + operation + " of " + function;
    }
}
