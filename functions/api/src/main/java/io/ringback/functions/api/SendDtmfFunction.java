package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Reply;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.Answers;
import io.ringback.wire.callingserver.SendDtmfRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Sends key presses to one party (native API §1). */
public final class SendDtmfFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;

    /** The function of a deployment. */
    public SendDtmfFunction() {
        this(Deployment.of(SendDtmfFunction.class));
    }

    private SendDtmfFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls());
    }

    SendDtmfFunction(ApiEdge edge, CallProcessor calls) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::send);
    }

    private ApiAnswer send(ApiRequest request) {
        SendDtmfRequest wanted = SendDtmfRequest.read(request.json());
        String participant = request.parameter(CallChanges.PARTICIPANT);
        return changes.ofConnection(
                request,
                connection ->
                        new CallCommand.SendDtmf(connection, participant, wanted.tones(), wanted.operationContext()),
                reply -> ApiAnswer.json(202, Answers.operation((Reply.OperationAccepted) reply)));
    }
}
