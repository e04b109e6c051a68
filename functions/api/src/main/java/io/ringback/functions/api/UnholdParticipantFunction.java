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

/** Ends the application's hold of a party; the party's own stays (native API §1). */
public final class UnholdParticipantFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;

    /** The function of a deployment. */
    public UnholdParticipantFunction() {
        this(Deployment.of(UnholdParticipantFunction.class));
    }

    private UnholdParticipantFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls());
    }

    UnholdParticipantFunction(ApiEdge edge, CallProcessor calls) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::unhold);
    }

    private ApiAnswer unhold(ApiRequest request) {
        String participant = request.parameter(CallChanges.PARTICIPANT);
        return changes.ofConnection(
                request,
                connection -> new CallCommand.UnholdParticipant(connection, participant),
                done -> ApiAnswer.empty(200));
    }
}
