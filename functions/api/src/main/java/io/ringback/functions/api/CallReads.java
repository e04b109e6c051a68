package io.ringback.functions.api;

import io.ringback.core.call.CallIds;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ServerCall;
import io.ringback.core.port.CallStore;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiRequest;
import java.util.Optional;
import java.util.function.Function;

/** Reads the call that a request's path names, by one of its connections or by itself. */
final class CallReads {
    private final CallStore calls;

    CallReads(CallStore calls) {
        this.calls = calls;
    }

    /** The call, if it is there and has the connection that the path names. */
    Optional<ServerCall> find(ApiRequest request) {
        if (request.isOutOfCall()) {
            return CallIds.serverCall(request.parameter(CallChanges.SERVER_CALL))
                    .flatMap(calls::load);
        }
        String connection = request.parameter(CallChanges.CONNECTION);
        return CallIds.serverCallOf(connection)
                .flatMap(calls::load)
                .filter(call -> call.connection(connection).isPresent());
    }

    /** Answers about the call in the path. */
    ApiAnswer ofCall(ApiRequest request, Function<ServerCall, ApiAnswer> answer) {
        String parameter = request.isOutOfCall() ? CallChanges.SERVER_CALL : CallChanges.CONNECTION;
        return find(request).map(answer).orElseGet(() -> ApiAnswer.notFound(parameter, request.parameter(parameter)));
    }

    /** Answers about the participant in the path. */
    ApiAnswer ofParticipant(ApiRequest request, Function<Participant, ApiAnswer> answer) {
        String id = request.parameter(CallChanges.PARTICIPANT);
        return ofCall(
                request,
                call -> call.participant(id)
                        .map(answer)
                        .orElseGet(() -> ApiAnswer.notFound(CallChanges.PARTICIPANT, id)));
    }
}
