package io.ringback.core.call;

/** Why a leg, an operation or a call ended. {@code subcode} stands beside it in a ResultInfo. */
public enum EndReason {
    COMPLETED("completed", 200, 0),
    /** 486, 600. */
    BUSY("busy", 486, 560486),
    /** 603, 403. */
    DECLINED("declined", 603, 560603),
    /** Our ring timer, 408, or 480 after an 18x. */
    NO_ANSWER("noAnswer", 487, 540487),
    /** 480 before an 18x, 5xx, no answer at all. */
    UNREACHABLE("unreachable", 480, 560480),
    /** 404, 410, 484, 604. */
    NOT_FOUND("notFound", 404, 560404),
    /** CANCEL by us or by the caller. */
    CANCELLED("cancelled", 487, 510487),
    HUNG_UP_BY_APPLICATION("hungUpByApplication", 200, 7000),
    HUNG_UP_BY_PARTICIPANT("hungUpByParticipant", 200, 7010),
    MEDIA_LOST("mediaLost", 500, 7020),
    ACK_TIMEOUT("ackTimeout", 500, 7021),
    MAX_DURATION("maxDuration", 200, 7022),
    GATEWAY_LOST("gatewayLost", 500, 7023),
    CAPACITY("capacity", 429, 7024),
    POLICY("policy", 403, 10300),
    /** A prompt or a recording that could not be made; the message says why. */
    FAILED("failed", 500, 7025);

    private final String wireName;
    private final int code;
    private final int subcode;

    EndReason(String wireName, int code, int subcode) {
        this.wireName = wireName;
        this.code = code;
        this.subcode = subcode;
    }

    /** The reason as API users read it. */
    public String wireName() {
        return wireName;
    }

    /** The HTTP- or SIP-like status that stands for it. */
    public int code() {
        return code;
    }

    public int subcode() {
        return subcode;
    }
}
