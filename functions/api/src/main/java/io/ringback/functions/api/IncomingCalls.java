package io.ringback.functions.api;

import io.ringback.core.application.CallProcessor;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.decision.Reply;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.access.CallContexts;
import io.ringback.wire.access.CallContexts.Reading;
import java.util.function.Function;

/** Carries out what an application decides about a call that came in, by the context that it was given (telephony §5). */
final class IncomingCalls {
    private static final String CONTEXT = "incomingCallContext";

    private final CallProcessor calls;
    private final CallContexts contexts;

    IncomingCalls(CallProcessor calls, CallContexts contexts) {
        this.calls = calls;
        this.contexts = contexts;
    }

    /** Decides about the call of the context; the command is made from the context, once that is known to be ours. */
    ApiAnswer decide(
            ApiRequest request,
            String context,
            Function<Reading.Valid, CallCommand> command,
            Function<Reply, ApiAnswer> accepted) {
        Reading reading = contexts.read(context);
        if (reading instanceof Reading.Forged) {
            return ApiAnswer.refused(
                    ErrorCode.MALFORMED,
                    "the context was not made here, or was changed; accepted is the one of an IncomingCall event",
                    CONTEXT);
        }
        if (reading instanceof Reading.Valid valid) {
            Decision decision = calls.change(valid.serverCallId(), command.apply(valid), request.keeper(accepted));
            boolean isGone = decision instanceof Decision.Rejected rejected && rejected.code() == ErrorCode.NOT_FOUND;
            return isGone ? over() : ApiAnswer.of(decision, accepted);
        }
        return over();
    }

    private static ApiAnswer over() {
        return ApiAnswer.refused(ErrorCode.WRONG_STATE, "the call is no longer ringing", CONTEXT);
    }
}
