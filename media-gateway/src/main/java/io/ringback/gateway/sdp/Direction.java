package io.ringback.gateway.sdp;

/** Who sends, seen from the one who wrote the description (RFC 4566 §6). */
enum Direction {
    SENDRECV("sendrecv", true, true),
    SENDONLY("sendonly", true, false),
    RECVONLY("recvonly", false, true),
    INACTIVE("inactive", false, false);

    private final String attribute;
    private final boolean sends;
    private final boolean receives;

    Direction(String attribute, boolean sends, boolean receives) {
        this.attribute = attribute;
        this.sends = sends;
        this.receives = receives;
    }

    String attribute() {
        return attribute;
    }

    boolean sends() {
        return sends;
    }

    boolean receives() {
        return receives;
    }

    static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }

    /** The answer of one who would send and receive if only the other lets it (RFC 3264 §6.1). */
    Direction mirrored() {
        return of(/* sends= */ receives, /* receives= */ sends);
    }
}
