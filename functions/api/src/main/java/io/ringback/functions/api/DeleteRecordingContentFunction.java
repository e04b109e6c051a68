package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.Recording;
import io.ringback.core.command.CallCommand;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.RecordingFiles;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Deletes the content of a finished recording; what is known of the recording stays (native API §2). */
public final class DeleteRecordingContentFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallStore calls;
    private final CallChanges changes;
    private final RecordingFiles files;

    /** The function of a deployment. */
    public DeleteRecordingContentFunction() {
        this(Deployment.of(DeleteRecordingContentFunction.class));
    }

    private DeleteRecordingContentFunction(Deployment deployment) {
        this(deployment.edge(), deployment.store(), deployment.calls(), deployment.recordings());
    }

    DeleteRecordingContentFunction(ApiEdge edge, CallStore calls, CallProcessor processor, RecordingFiles files) {
        this.edge = edge;
        this.calls = calls;
        this.changes = new CallChanges(processor);
        this.files = files;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::delete);
    }

    /** The files go first: what is said to be gone is gone, and who fails between may ask again. */
    private ApiAnswer delete(ApiRequest request) throws IOException {
        String id = request.parameter(CallChanges.RECORDING);
        Optional<String> key = CallChanges.callOfRecording(request)
                .flatMap(calls::load)
                .flatMap(call -> call.recording(id))
                .map(Recording::contentKey);
        if (key.isPresent()) {
            files.delete(key.get());
            files.delete(RecordingFiles.metadataKey(id));
        }
        return changes.ofRecording(request, CallCommand.DeleteRecordingContent::new, done -> ApiAnswer.empty(202));
    }
}
