package io.ringback.wire.access;

/** What became of a request's credentials. */
public sealed interface Access {
    /** The request comes from somebody who has a live access key. */
    record Granted(Scheme scheme) implements Access {}

    /**
     * It does not, or it cannot be told.
     *
     * @param message says what is wrong and what is accepted, and nothing about keys
     */
    record Denied(String message) implements Access {}

    /** How the key was shown. */
    enum Scheme {
        /** Signed, as the SDKs do. */
        HMAC,
        /** The key itself, as people do with curl. */
        BEARER,
        /** A link that was made with it. */
        LINK,
        /** Not at all: the operation is open to everybody. */
        NONE
    }
}
