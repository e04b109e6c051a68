package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;

/** Why a leg ended, from the final answer to its INVITE: the table of reasons, in one place. */
final class EndReasons {
    private EndReasons() {}

    /**
     * The reason behind a final answer of 300 or more that we did not cause by a CANCEL.
     *
     * @param rang true if an 18x came before it
     */
    static EndReason of(int status, boolean rang) {
        return switch (status) {
            case 486, 600 -> EndReason.BUSY;
            case 603, 403 -> EndReason.DECLINED;
            case 408 -> EndReason.NO_ANSWER;
            case 480 -> rang ? EndReason.NO_ANSWER : EndReason.UNREACHABLE;
            case 404, 410, 484, 604 -> EndReason.NOT_FOUND;
            // Somebody else on the way cancelled the INVITE.
            case 487 -> EndReason.CANCELLED;
            // 5xx, and all that names a disagreement about protocol, media or credentials: the party was never asked.
            default -> EndReason.UNREACHABLE;
        };
    }

    /** What a caller is refused with when the leg ends before our answer for this reason. */
    static int refusal(EndReason reason) {
        return switch (reason) {
            case BUSY -> 486;
            case DECLINED, HUNG_UP_BY_APPLICATION, HUNG_UP_BY_PARTICIPANT, COMPLETED -> 603;
            case POLICY -> 403;
            case NOT_FOUND -> 404;
            case CAPACITY, GATEWAY_LOST, FAILED, MEDIA_LOST -> 503;
            case NO_ANSWER, UNREACHABLE, CANCELLED, ACK_TIMEOUT, MAX_DURATION -> 480;
        };
    }

    /** What a hang-up of ours is reported as while the leg was not answered. */
    static EndReason beforeAnswer(EndReason wanted) {
        return switch (wanted) {
            case COMPLETED, HUNG_UP_BY_APPLICATION, HUNG_UP_BY_PARTICIPANT -> EndReason.CANCELLED;
            default -> wanted;
        };
    }
}
