package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Reply;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.AnswerCallRequest;
import io.ringback.wire.callingserver.Answers;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers a call that came in (native API §1). */
public final class AnswerCallFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final IncomingCalls incoming;
    private final OutboundPolicy outbound;

    /** The function of a deployment. */
    public AnswerCallFunction() {
        this(Deployment.rehearsed(
                AnswerCallFunction.class,
                new RehearsedRequest(
                        AnswerCallFunction::new,
                        "{\"incomingCallContext\": \"CONTEXT\", \"callbackUri\": \"https://rehearsal.invalid/\"}")));
    }

    private AnswerCallFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.incomingCalls(), deployment.outbound());
    }

    AnswerCallFunction(ApiEdge edge, IncomingCalls incoming, OutboundPolicy outbound) {
        this.edge = edge;
        this.incoming = incoming;
        this.outbound = outbound;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::answer);
    }

    private ApiAnswer answer(ApiRequest request) {
        AnswerCallRequest wanted = AnswerCallRequest.read(request.json(), outbound);
        return incoming.decide(
                request,
                wanted.incomingCallContext(),
                context -> new CallCommand.AnswerCall(
                        context.subscriptionId(),
                        request.callback(wanted.callbackUri()),
                        wanted.requestedEvents(),
                        wanted.operationContext()),
                reply -> ApiAnswer.json(200, Answers.callAnswered((Reply.Connected) reply)));
    }
}
