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

/** Pauses a recording; one that is paused stays so (native API §2). */
public final class PauseRecordingFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;

    /** The function of a deployment. */
    public PauseRecordingFunction() {
        this(Deployment.of(PauseRecordingFunction.class));
    }

    private PauseRecordingFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls());
    }

    PauseRecordingFunction(ApiEdge edge, CallProcessor calls) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::pause);
    }

    private ApiAnswer pause(ApiRequest request) {
        return changes.ofRecording(request, CallCommand.PauseRecording::new, done -> ApiAnswer.empty(200));
    }
}
