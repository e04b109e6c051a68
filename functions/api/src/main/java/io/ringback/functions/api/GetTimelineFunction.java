package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.call.CallIds;
import io.ringback.core.port.Timelines;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.CallLogAnswers;
import io.ringback.wire.callingserver.PageQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Tells everything that happened in a call, in order, a page at a time (native API §8). */
public final class GetTimelineFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final Timelines timelines;

    /** The function of a deployment. */
    public GetTimelineFunction() {
        this(Deployment.of(GetTimelineFunction.class));
    }

    private GetTimelineFunction(Deployment deployment) {
        this(deployment.edge(), deployment.timelines());
    }

    GetTimelineFunction(ApiEdge edge, Timelines timelines) {
        this.edge = edge;
        this.timelines = timelines;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::read);
    }

    private ApiAnswer read(ApiRequest request) {
        PageQuery query = PageQuery.read(request::query, Timelines.MOST);
        String id = request.parameter(CallChanges.SERVER_CALL);
        Timelines.Answer found = CallIds.serverCall(id)
                .map(call -> timelines.read(call, query.top(), query.continuationToken()))
                .orElseGet(Timelines.Answer.UnknownCall::new);
        if (found instanceof Timelines.Answer.Page page) {
            return ApiAnswer.json(200, CallLogAnswers.timeline(page));
        }
        if (found instanceof Timelines.Answer.InvalidToken) {
            throw PageQuery.foreignToken();
        }
        return ApiAnswer.notFound(CallChanges.SERVER_CALL, id);
    }
}
