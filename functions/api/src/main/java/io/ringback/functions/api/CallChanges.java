package io.ringback.functions.api;

import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.CallIds;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.decision.Reply;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a command on the call to which the id in a request's path belongs. An id that does not have the shape of
 * one, or whose call is not there, is answered like one that is not found in its call.
 */
final class CallChanges {
    static final String CONNECTION = "callConnectionId";
    static final String SERVER_CALL = "serverCallId";
    static final String RECORDING = "recordingId";
    static final String PARTICIPANT = "participantId";

    private final CallProcessor calls;

    CallChanges(CallProcessor calls) {
        this.calls = calls;
    }

    /** Changes the call of the connection in the path; the command is made from the connection's id. */
    ApiAnswer ofConnection(
            ApiRequest request, Function<String, CallCommand> command, Function<Reply, ApiAnswer> accepted) {
        String id = request.parameter(CONNECTION);
        return change(request, CONNECTION, id, CallIds.serverCallOf(id), command.apply(id), accepted);
    }

    /** Makes a command for either side: with the connection that asks, or with null out-of-call. */
    @FunctionalInterface
    interface EitherWay {
        CallCommand command(@Nullable String callConnectionId);
    }

    /** Changes the call that the path names, by a connection or by itself. */
    ApiAnswer ofCall(ApiRequest request, EitherWay command, Function<Reply, ApiAnswer> accepted) {
        return request.isOutOfCall()
                ? ofServerCall(request, command.command(null), accepted)
                : ofConnection(request, command::command, accepted);
    }

    /** Changes the server call in the path. */
    ApiAnswer ofServerCall(ApiRequest request, CallCommand command, Function<Reply, ApiAnswer> accepted) {
        String id = request.parameter(SERVER_CALL);
        return change(request, SERVER_CALL, id, CallIds.serverCall(id), command, accepted);
    }

    /** Changes the call of the recording in the path; the path names the call too, and has to name the same. */
    ApiAnswer ofRecording(
            ApiRequest request, Function<String, CallCommand> command, Function<Reply, ApiAnswer> accepted) {
        String id = request.parameter(RECORDING);
        return change(request, RECORDING, id, callOfRecording(request), command.apply(id), accepted);
    }

    /** The call of the recording in the path, if its id belongs to the call in the path. */
    static Optional<String> callOfRecording(ApiRequest request) {
        return CallIds.serverCallOf(request.parameter(RECORDING)).filter(request.parameter(SERVER_CALL)::equals);
    }

    private ApiAnswer change(
            ApiRequest request,
            String parameter,
            String id,
            Optional<String> serverCallId,
            CallCommand command,
            Function<Reply, ApiAnswer> accepted) {
        if (serverCallId.isEmpty()) {
            return ApiAnswer.notFound(parameter, id);
        }
        Decision decision = calls.change(serverCallId.get(), command, request.keeper(accepted));
        if (decision instanceof Decision.Rejected rejected && rejected.code() == ErrorCode.NOT_FOUND) {
            String missed = Objects.requireNonNullElse(rejected.target(), parameter);
            return request.optionalParameter(missed)
                    .map(value -> ApiAnswer.notFound(missed, value))
                    .orElseGet(() -> ApiAnswer.notFound(parameter, id));
        }
        return ApiAnswer.of(decision, accepted);
    }
}
