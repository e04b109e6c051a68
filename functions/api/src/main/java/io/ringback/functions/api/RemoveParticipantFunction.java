package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.command.CallCommand;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Ends the leg of one party (native API §1, §2). */
public final class RemoveParticipantFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;

    /** The function of a deployment. */
    public RemoveParticipantFunction() {
        this(Deployment.of(RemoveParticipantFunction.class));
    }

    private RemoveParticipantFunction(Deployment deployment) {
        this(deployment.edge(), deployment.calls());
    }

    RemoveParticipantFunction(ApiEdge edge, CallProcessor calls) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::remove);
    }

    private ApiAnswer remove(ApiRequest request) {
        String participant = request.parameter(CallChanges.PARTICIPANT);
        return changes.ofCall(
                request,
                connection -> new CallCommand.RemoveParticipant(connection, participant),
                done -> ApiAnswer.empty(202));
    }
}
