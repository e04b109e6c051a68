package io.ringback.gateway.sip;

/** What may be said in a log of why the stack failed: its exceptions quote whole messages, phone numbers and all. */
final class Unsent {
    private Unsent() {}

    static String why(Throwable failure) {
        Throwable cause = failure.getCause();
        String name = failure.getClass().getSimpleName();
        return cause == null ? name : name + " of " + cause.getClass().getSimpleName();
    }
}
