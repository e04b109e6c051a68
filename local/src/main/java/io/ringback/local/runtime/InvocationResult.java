package io.ringback.local.runtime;

/** How an invocation ended. */
public sealed interface InvocationResult {
    /** The function returned this JSON. */
    record Returned(String payload) implements InvocationResult {}

    /**
     * It threw, could not be built, or returned more than 6 MB.
     *
     * @param errorType class name of the exception
     */
    record Failed(String errorType, String message) implements InvocationResult {}

    /** It was cut off at its time-out. */
    record TimedOut() implements InvocationResult {}
}
