package io.ringback.local.chaos;

/** An invocation ends here, as if its process had been killed: an error, so that no handling of failures stops it. */
final class InvocationDied extends Error {
    private static final long serialVersionUID = 1L;

    InvocationDied(Boundary boundary) {
        super(boundary.toString());
    }
}
