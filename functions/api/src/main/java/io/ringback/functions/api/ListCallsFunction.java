package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.port.CallLog;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.CallLogAnswers;
import io.ringback.wire.callingserver.PageQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lists server calls, newest first, a page at a time (native API §8). */
public final class ListCallsFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallLog log;

    /** The function of a deployment. */
    public ListCallsFunction() {
        this(Deployment.of(ListCallsFunction.class));
    }

    private ListCallsFunction(Deployment deployment) {
        this(deployment.edge(), deployment.callLog());
    }

    ListCallsFunction(ApiEdge edge, CallLog log) {
        this.edge = edge;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::list);
    }

    private ApiAnswer list(ApiRequest request) {
        if (log.list(PageQuery.calls(request::query)) instanceof CallLog.Answer.Page page) {
            return ApiAnswer.json(200, CallLogAnswers.calls(page));
        }
        throw PageQuery.foreignToken();
    }
}
