package io.ringback.core.decision;

import org.jspecify.annotations.Nullable;

/** Why a command is rejected, where several rules say so. */
final class Refusals {
    private Refusals() {}

    /** @param target the parameter that names what is not there */
    static Decision.Rejected notFound(String target, String id) {
        return new Decision.Rejected(ErrorCode.NOT_FOUND, "there is no " + target + " " + id, target);
    }

    static Decision.Rejected malformed(String message, String target) {
        return new Decision.Rejected(ErrorCode.MALFORMED, message, target);
    }

    static Decision.Rejected tooManyStreams(String target) {
        return malformed(
                "a call has at most " + Limits.STREAMS + " different callback URIs; use one that it has already",
                target);
    }

    static Decision.Rejected tooManyLegs(CallDraft draft, @Nullable String target) {
        int most = draft.mostLegs();
        String why = most < Limits.LIVE_PARTICIPANTS
                ? " where " + draft.subscribers().size() + " event subscriptions are told of it"
                : "";
        return new Decision.Rejected(
                ErrorCode.OPERATION_NOT_ALLOWED,
                "a call has at most " + most + " participants at a time" + why + ", ringing ones included; "
                        + draft.liveLegs().size() + " are there",
                target);
    }

    static Decision.Rejected tooHeavy() {
        return new Decision.Rejected(
                ErrorCode.OPERATION_NOT_ALLOWED,
                "addresses, callback URIs and contexts of a call take " + Limits.WEIGHT / 1024
                        + " KB at most, those of running operations included; use shorter ones",
                null);
    }

    static Decision.Rejected tooManyOperations() {
        return new Decision.Rejected(
                ErrorCode.OPERATION_NOT_ALLOWED,
                "a call has at most " + Limits.OPERATIONS + " running media operations; wait for one to end",
                null);
    }

    static Decision.Rejected tooManyCancellations() {
        return new Decision.Rejected(
                ErrorCode.OPERATION_NOT_ALLOWED,
                "everything is being cancelled " + Limits.CANCELS + " times already; wait for one to end",
                null);
    }
}
