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

/** Detaches the application; the call goes on if two or more live legs remain (native API §1). */
public final class HangUpCallFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;

    /** The function of a deployment. */
    public HangUpCallFunction() {
        this(Deployment.of(HangUpCallFunction.class));
    }

    private HangUpCallFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls());
    }

    HangUpCallFunction(ApiEdge edge, CallProcessor calls) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::hangUp);
    }

    private ApiAnswer hangUp(ApiRequest request) {
        return changes.ofConnection(request, CallCommand.HangUp::new, done -> ApiAnswer.empty(202));
    }
}
