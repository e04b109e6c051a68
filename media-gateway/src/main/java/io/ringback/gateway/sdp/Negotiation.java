package io.ringback.gateway.sdp;

/** How an offer and its answer came out. */
public sealed interface Negotiation {
    /**
     * Both sides have media in common.
     *
     * @param answer our answer, where the peer had offered; else empty
     */
    record Agreed(NegotiatedMedia media, String answer) implements Negotiation {}

    /** Nothing fits, or the description cannot be read: 488 for an offer, the end of the call for an answer. */
    record Refused(String why) implements Negotiation {}
}
