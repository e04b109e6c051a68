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
import io.ringback.wire.callingserver.StartRecordingRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Starts a recording of a server call (native API §2). */
public final class StartRecordingFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;
    private final OutboundPolicy outbound;

    /** The function of a deployment. */
    public StartRecordingFunction() {
        this(Deployment.of(StartRecordingFunction.class));
    }

    private StartRecordingFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls(), deployment.outbound());
    }

    StartRecordingFunction(ApiEdge edge, CallProcessor calls, OutboundPolicy outbound) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
        this.outbound = outbound;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::start);
    }

    private ApiAnswer start(ApiRequest request) {
        StartRecordingRequest wanted = StartRecordingRequest.read(request.json(), outbound);
        return changes.ofServerCall(
                request,
                new CallCommand.StartRecording(
                        request.callback(wanted.recordingStateCallbackUri()), wanted.channels(), wanted.format()),
                reply -> ApiAnswer.json(200, Answers.recordingStarted((Reply.RecordingStarted) reply)));
    }
}
