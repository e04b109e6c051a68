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

    /** Whether a change of a call is stored when its function comes here. */
    boolean isCommitted() {
        return operation.equals("SendMessageBatch") || (operation.equals("TransactWriteItems") && side == Side.AFTER);
    }

    @Override
    public String toString() {
        return "died " + side + " " + operation + " of " + function;
    }
}
