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

/** Reads one party of a call, also one that left (native API §1, §2). */
public final class GetParticipantFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallReads reads;

    /** The function of a deployment. */
    public GetParticipantFunction() {
        this(Deployment.of(GetParticipantFunction.class));
    }

    private GetParticipantFunction(Deployment deployment) {
        this(deployment.edge(), deployment.store());
    }

    GetParticipantFunction(ApiEdge edge, CallStore calls) {
        this.edge = edge;
        this.reads = new CallReads(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::read);
    }

    private ApiAnswer read(ApiRequest request) {
        return reads.ofParticipant(request, participant -> ApiAnswer.json(200, Answers.participant(participant)));
    }
}
