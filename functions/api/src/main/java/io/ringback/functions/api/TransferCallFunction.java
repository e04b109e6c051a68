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
import io.ringback.wire.callingserver.TransferCallRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Connects the other party to somebody else and detaches the application (native API §1). */
public final class TransferCallFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;
    private final CallerIds callerIds;

    /** The function of a deployment. */
    public TransferCallFunction() {
        this(Deployment.of(TransferCallFunction.class));
    }

    private TransferCallFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls(), deployment.callerIds());
    }

    TransferCallFunction(ApiEdge edge, CallProcessor calls, CallerIds callerIds) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
        this.callerIds = callerIds;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::transfer);
    }

    private ApiAnswer transfer(ApiRequest request) {
        TransferCallRequest wanted = TransferCallRequest.read(request.json());
        CallerIds.Verdict verdict = callerIds.judge(
                request, List.of(wanted.target()), i -> "targetParticipant", wanted.alternateCallerId());
        if (verdict instanceof CallerIds.Refused refused) {
            return ApiAnswer.refused(refused.reason());
        }
        return changes.ofConnection(
                request,
                connection -> new CallCommand.TransferCall(
                        connection,
                        wanted.target(),
                        wanted.transferee(),
                        ((CallerIds.Shown) verdict).callerId(),
                        wanted.ringTimeout(),
                        wanted.operationContext()),
                reply -> ApiAnswer.json(202, Answers.operation((Reply.OperationAccepted) reply)));
    }
}
