package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import org.jspecify.annotations.Nullable;

/** The final SIP statuses that callers get, and the reasons that are told of them (RFC 3261 §21; telephony §1, §5). */
final class Refusals {
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int TEMPORARILY_UNAVAILABLE = 480;
    static final int SERVICE_UNAVAILABLE = 503;

    private static final int FIRST_REDIRECTION = 300;
    private static final int FIRST_REFUSAL = 400;

    private Refusals() {}

    /**
     * What a caller gets when the leg that it waits for ends unanswered: that leg's own final status. Redirections, which
     * we do not follow, and challenges, which are for us, are not the caller's business.
     *
     * @param sipStatus of the other leg, where there was one
     */
    static int passedOn(EndReason reason, @Nullable Integer sipStatus) {
        if (sipStatus == null || (sipStatus >= FIRST_REDIRECTION && sipStatus < FIRST_REFUSAL)) {
            return statusOf(reason);
        }
        return switch (sipStatus) {
            // 487 is the answer to a CANCEL of ours, never to the caller's own: that one has ended the caller's leg.
            case 401, 407, 487 -> statusOf(reason);
            default -> sipStatus;
        };
    }

    /** Why a call that an application refused with this status is over. */
    static EndReason reasonOf(int sipStatus) {
        return switch (sipStatus) {
            case 486, 600 -> EndReason.BUSY;
            case FORBIDDEN, 603 -> EndReason.DECLINED;
            case NOT_FOUND -> EndReason.NOT_FOUND;
            default -> EndReason.UNREACHABLE;
        };
    }

    private static int statusOf(EndReason reason) {
        return switch (reason) {
            case BUSY -> 486;
            case DECLINED -> 603;
            case NOT_FOUND -> NOT_FOUND;
            case POLICY -> FORBIDDEN;
            case CAPACITY -> SERVICE_UNAVAILABLE;
            default -> TEMPORARILY_UNAVAILABLE;
        };
    }
}
