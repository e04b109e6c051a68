package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for something on a running call and where the result goes: an attached application, or somebody outside who
 * names a callback URI (native API §1, §2).
 *
 * @param callConnectionId null for somebody outside
 */
record Asker(@Nullable String callConnectionId, Callback callback) {

    /**
     * Asks the rule if the request finds the call established: in-call the connection too, out-of-call with a callback.
     * While a transfer is under way neither holds.
     *
     * @param callback null means the connection's own
     * @param what is asked for, as a verb
     */
    static Decision onEstablished(
            CallDraft draft,
            @Nullable String callConnectionId,
            @Nullable Callback callback,
            String what,
            Function<Asker, Decision> rule) {
        if (callConnectionId == null) {
            return fromOutside(draft, callback, what, rule);
        }
        Connection connection = draft.connection(callConnectionId).orElse(null);
        if (connection == null) {
            return Refusals.notFound("callConnectionId", callConnectionId);
        }
        if (connection.state() != CallState.ESTABLISHED) {
            return wrongState(what, "connection", connection.state(), "callConnectionId");
        }
        if (draft.state() != CallState.ESTABLISHED) {
            return wrongState(what, "call", draft.state(), "callConnectionId");
        }
        return withStream(draft, callConnectionId, callback == null ? connection.callback() : callback, rule);
    }

    private static Decision fromOutside(
            CallDraft draft, @Nullable Callback callback, String what, Function<Asker, Decision> rule) {
        if (callback == null) {
            return new Decision.Rejected(
                    ErrorCode.MALFORMED,
                    "a callbackUri is required: no application of yours is in the call to be told of the result",
                    "callbackUri");
        }
        if (draft.state() != CallState.ESTABLISHED) {
            return wrongState(what, "call", draft.state(), "serverCallId");
        }
        return withStream(draft, null, callback, rule);
    }

    private static Decision withStream(
            CallDraft draft, @Nullable String callConnectionId, Callback callback, Function<Asker, Decision> rule) {
        return draft.wouldExceedStreams(callback)
                ? Refusals.tooManyStreams("callbackUri")
                : rule.apply(new Asker(callConnectionId, callback));
    }

    private static Decision.Rejected wrongState(String what, String of, CallState state, String target) {
        return new Decision.Rejected(
                ErrorCode.WRONG_STATE,
                "cannot " + what + ": the " + of + " is " + state.name().toLowerCase(Locale.ROOT)
                        + ", it has to be established",
                target);
    }
}
