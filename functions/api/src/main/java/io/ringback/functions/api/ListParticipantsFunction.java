package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.port.CallStore;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.Answers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lists who rings or is connected in a call (native API §1, §2). */
public final class ListParticipantsFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallReads reads;

    /** The function of a deployment. */
    public ListParticipantsFunction() {
        this(Deployment.of(ListParticipantsFunction.class));
    }

    private ListParticipantsFunction(Deployment deployment) {
        this(deployment.edge(), deployment.store());
    }

    ListParticipantsFunction(ApiEdge edge, CallStore calls) {
        this.edge = edge;
        this.reads = new CallReads(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::list);
    }

    private ApiAnswer list(ApiRequest request) {
        return reads.ofCall(request, call -> ApiAnswer.json(200, Answers.roster(call)));
    }
}
