package io.ringback.gateway.sdp;

/** The codecs that we offer: G.711, 8 kHz (RFC 3551 §6). */
public enum AudioCodec {
    PCMU(0),
    PCMA(8);

    private final int payloadType;

    AudioCodec(int payloadType) {
        this.payloadType = payloadType;
    }

    /** Its static payload type. */
    public int payloadType() {
        return payloadType;
    }
}
