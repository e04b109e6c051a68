package io.ringback.local.phones;

import java.time.Instant;

/**
 * Something that a phone saw or did.
 *
 * @param at wall time
 * @param nanos monotonic stamp, comparable with packet arrivals of the same process
 * @param detail for instance the key that was pressed, or the status that was answered; empty where there is none
 */
public record PhoneEvent(Instant at, long nanos, Kind kind, String detail) {
    /** What it was. */
    public enum Kind {
        /** The INVITE that began the call came. */
        INVITED,
        RINGING,
        /** The phone sent its 2xx. */
        ANSWERED,
        /** The ACK of that 2xx came. */
        CONFIRMED,
        /** The phone refused the call; the detail is the status. */
        REJECTED,
        /** A CANCEL came while the phone rang. */
        CANCELLED,
        /** A re-INVITE or UPDATE came; the detail says what became of it. */
        RENEGOTIATED,
        /** 200 ms of a prompt were heard. */
        PROMPT_BEGAN,
        /** A prompt was heard to its end; the detail is {@code from–to} in ms since the answer. */
        PROMPT_ENDED,
        /** The phone pressed a key. */
        PRESSED,
        /** A voicemail beeped and keeps what it hears from now on. */
        RECORDING_BEGAN,
        /** The phone sent BYE. */
        HUNG_UP,
        BYE_RECEIVED,
        /** From now on the phone neither sends nor answers anything. */
        NETWORK_GONE,
        /** The dialog is over for another reason, e.g. the ACK never came; the detail says which. */
        LOST
    }
}
