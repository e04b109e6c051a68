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
import io.ringback.wire.callingserver.JoinCallRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Attaches an application to a running call (native API §2). */
public final class JoinCallFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;
    private final OutboundPolicy outbound;

    /** The function of a deployment. */
    public JoinCallFunction() {
        this(Deployment.of(JoinCallFunction.class));
    }

    private JoinCallFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls(), deployment.outbound());
    }

    JoinCallFunction(ApiEdge edge, CallProcessor calls, OutboundPolicy outbound) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
        this.outbound = outbound;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::join);
    }

    private ApiAnswer join(ApiRequest request) {
        JoinCallRequest wanted = JoinCallRequest.read(request.json(), outbound);
        return changes.ofServerCall(
                request,
                new CallCommand.JoinCall(
                        wanted.source(),
                        request.callback(wanted.callbackUri()),
                        wanted.subject(),
                        wanted.requestedEvents(),
                        wanted.operationContext()),
                reply -> ApiAnswer.json(202, Answers.joined((Reply.Connected) reply)));
    }
}
