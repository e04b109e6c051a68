package io.ringback.webhooks;

import java.time.Instant;

/** What became of the look at a callback. */
public sealed interface Verification {
    /**
     * It was sent by who has a secret, at about this time, and nothing of it was changed.
     *
     * @param id of the event; one that was seen before is a repetition, to be answered with 2xx and forgotten
     * @param sentAt when this attempt was made
     */
    record Authentic(String id, Instant sentAt) implements Verification {}

    /**
     * It is not to be believed: answer 401 and do nothing.
     *
     * @param message for the log of whoever receives it; says nothing of a secret
     */
    record Refused(Reason reason, String message) implements Verification {}

    /** Why a callback is refused. */
    enum Reason {
        /** One of the three headers is missing or empty. */
        HEADER_MISSING,
        /** The timestamp is no number of seconds. */
        TIMESTAMP_MALFORMED,
        /** It was sent more than five minutes ago by our clock: late, or caught and sent again. */
        TOO_OLD,
        /** It was sent more than five minutes after now: one of the two clocks is wrong. */
        TOO_NEW,
        /** No signature is that of this id, time and body under one of our secrets. */
        WRONG_SIGNATURE
    }
}
