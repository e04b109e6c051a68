package io.ringback.gateway.sip;

/** A call that came in and is nobody's leg yet. Thread-safe; every call returns at once. */
public interface InboundOffer {
    Invitation invitation();

    /**
     * Takes it on. If the caller has given up meanwhile, the listener is told of the end at once and the leg does
     * nothing more. Once only.
     *
     * @param legId goes out as {@code X-Ringback-Leg}
     * @param serverCallId for logs and the journal
     * @param rtpPort our even RTP port; RTCP is the next one
     */
    InboundLeg begin(String legId, String serverCallId, int rtpPort, SipLegListener listener);

    /** Sends a final refusal; 503 with Retry-After. Nobody is told of anything more. */
    void refuse(int sipStatus);
}
