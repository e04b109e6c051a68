package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.command.CallCommand;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.RejectCallRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Refuses a call that came in (native API §1). */
public final class RejectCallFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final IncomingCalls incoming;

    /** The function of a deployment. */
    public RejectCallFunction() {
        this(Deployment.of(RejectCallFunction.class));
    }

    private RejectCallFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.incomingCalls());
    }

    RejectCallFunction(ApiEdge edge, IncomingCalls incoming) {
        this.edge = edge;
        this.incoming = incoming;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::reject);
    }

    private ApiAnswer reject(ApiRequest request) {
        RejectCallRequest wanted = RejectCallRequest.read(request.json());
        return incoming.decide(
                request,
                wanted.incomingCallContext(),
                context -> new CallCommand.RejectCall(context.subscriptionId(), wanted.reason()),
                done -> ApiAnswer.empty(204));
    }
}
