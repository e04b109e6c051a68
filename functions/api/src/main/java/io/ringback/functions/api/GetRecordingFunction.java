package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.port.CallStore;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.Answers;
import io.ringback.wire.callingserver.PublicUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads the state of a recording (native API §2). */
public final class GetRecordingFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallStore calls;

    /** The function of a deployment. */
    public GetRecordingFunction() {
        this(Deployment.of(GetRecordingFunction.class));
    }

    private GetRecordingFunction(Deployment deployment) {
        this(deployment.edge(), deployment.store());
    }

    GetRecordingFunction(ApiEdge edge, CallStore calls) {
        this.edge = edge;
        this.calls = calls;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::read);
    }

    private ApiAnswer read(ApiRequest request) {
        String id = request.parameter(CallChanges.RECORDING);
        return CallChanges.callOfRecording(request)
                .flatMap(calls::load)
                .flatMap(call -> call.recording(id))
                .map(recording -> ApiAnswer.json(200, Answers.recording(recording, new PublicUrl(request.origin()))))
                .orElseGet(() -> ApiAnswer.notFound(CallChanges.RECORDING, id));
    }
}
