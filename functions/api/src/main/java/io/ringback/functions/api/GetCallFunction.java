package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.call.CallIds;
import io.ringback.core.port.CallStore;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.Answers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads a call connection (native API §1). */
public final class GetCallFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallStore calls;

    /** The function of a deployment. */
    public GetCallFunction() {
        this(Deployment.of(GetCallFunction.class));
    }

    private GetCallFunction(Deployment deployment) {
        this(deployment.edge(), deployment.store());
    }

    GetCallFunction(ApiEdge edge, CallStore calls) {
        this.edge = edge;
        this.calls = calls;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::read);
    }

    private ApiAnswer read(ApiRequest request) {
        String id = request.parameter(CallChanges.CONNECTION);
        return CallIds.serverCallOf(id)
                .flatMap(calls::load)
                .flatMap(call -> call.connection(id)
                        .map(connection -> ApiAnswer.json(200, Answers.connection(call, connection))))
                .orElseGet(() -> ApiAnswer.notFound(CallChanges.CONNECTION, id));
    }
}
