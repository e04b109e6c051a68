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

/** Resumes a recording; one that is running goes on (native API §2). */
public final class ResumeRecordingFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;

    /** The function of a deployment. */
    public ResumeRecordingFunction() {
        this(Deployment.of(ResumeRecordingFunction.class));
    }

    private ResumeRecordingFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls());
    }

    ResumeRecordingFunction(ApiEdge edge, CallProcessor calls) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::resume);
    }

    private ApiAnswer resume(ApiRequest request) {
        return changes.ofRecording(request, CallCommand.ResumeRecording::new, done -> ApiAnswer.empty(200));
    }
}
