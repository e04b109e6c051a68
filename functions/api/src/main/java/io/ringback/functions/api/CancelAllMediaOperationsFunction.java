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
import io.ringback.wire.callingserver.CancelAllRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Cancels every running and queued play of a call (native API §1). */
public final class CancelAllMediaOperationsFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;

    /** The function of a deployment. */
    public CancelAllMediaOperationsFunction() {
        this(Deployment.rehearsed(
                CancelAllMediaOperationsFunction.class,
                new RehearsedRequest(CancelAllMediaOperationsFunction::new, "{}")));
    }

    private CancelAllMediaOperationsFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls());
    }

    CancelAllMediaOperationsFunction(ApiEdge edge, CallProcessor calls) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::cancel);
    }

    private ApiAnswer cancel(ApiRequest request) {
        CancelAllRequest wanted = CancelAllRequest.read(request.optionalJson());
        return changes.ofConnection(
                request,
                connection -> new CallCommand.CancelAllMediaOperations(connection, wanted.operationContext()),
                reply -> ApiAnswer.json(200, Answers.operation((Reply.OperationAccepted) reply)));
    }
}
