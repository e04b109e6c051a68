package io.ringback.local.phones;

import java.util.Arrays;
import java.util.Optional;

/** How a phone tells the far side that a key was pressed. */
public enum KeySignalling {
    /** RFC 4733 events, as they should be. */
    TELEPHONE_EVENT("rfc4733", true),
    /** RFC 4733 events whose first packet lacks the marker bit, as some gateways send them. */
    NO_MARKER("nomarker", true),
    /** RFC 4733 events whose three end packets are all lost. */
    LOST_END("lostend", true),
    /** SIP INFO with {@code application/dtmf-relay}; telephone-event is not negotiated. */
    INFO("info", false),
    /** Tone pairs in the G.711 audio; telephone-event is not negotiated. */
    IN_BAND("inband", false);

    private final String word;
    private final boolean negotiatesTelephoneEvent;

    KeySignalling(String word, boolean negotiatesTelephoneEvent) {
        this.word = word;
        this.negotiatesTelephoneEvent = negotiatesTelephoneEvent;
    }

    /** Its word in a line profile. */
    public String word() {
        return word;
    }

    /** Whether the phone offers and answers telephone-event. */
    boolean negotiatesTelephoneEvent() {
        return negotiatesTelephoneEvent;
    }

    static Optional<KeySignalling> ofWord(String word) {
        return Arrays.stream(values())
                .filter(signalling -> signalling.word.equals(word))
                .findFirst();
    }
}
