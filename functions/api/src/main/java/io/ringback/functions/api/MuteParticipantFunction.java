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

/** Lets nobody hear a party any more; one that is muted stays so (native API §1). */
public final class MuteParticipantFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;

    /** The function of a deployment. */
    public MuteParticipantFunction() {
        this(Deployment.of(MuteParticipantFunction.class));
    }

    private MuteParticipantFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls());
    }

    MuteParticipantFunction(ApiEdge edge, CallProcessor calls) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::mute);
    }

    private ApiAnswer mute(ApiRequest request) {
        String participant = request.parameter(CallChanges.PARTICIPANT);
        return changes.ofConnection(
                request,
                connection -> new CallCommand.MuteParticipant(connection, participant, true),
                done -> ApiAnswer.empty(200));
    }
}
