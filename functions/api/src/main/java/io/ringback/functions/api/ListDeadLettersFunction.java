package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.port.DeadLetters;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.DeadLetterAnswers;
import io.ringback.wire.callingserver.PageQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lists events that were given up, the longest dead first, a page at a time (native API §4). */
public final class ListDeadLettersFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final DeadLetters letters;

    /** The function of a deployment. */
    public ListDeadLettersFunction() {
        this(Deployment.of(ListDeadLettersFunction.class));
    }

    private ListDeadLettersFunction(Deployment deployment) {
        this(deployment.edge(), deployment.deadLetters());
    }

    ListDeadLettersFunction(ApiEdge edge, DeadLetters letters) {
        this.edge = edge;
        this.letters = letters;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::list);
    }

    private ApiAnswer list(ApiRequest request) {
        if (letters.list(PageQuery.deadLetters(request::query)) instanceof DeadLetters.Answer.Page page) {
            return ApiAnswer.json(200, DeadLetterAnswers.page(page));
        }
        throw PageQuery.foreignToken();
    }
}
