package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.port.Subscriptions;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.DirectoryAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lists the event subscriptions, oldest first (native API §5). */
public final class ListEventSubscriptionsFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final Subscriptions subscriptions;

    /** The function of a deployment. */
    public ListEventSubscriptionsFunction() {
        this(Deployment.of(ListEventSubscriptionsFunction.class));
    }

    private ListEventSubscriptionsFunction(Deployment deployment) {
        this(deployment.edge(), deployment.eventSubscriptions());
    }

    ListEventSubscriptionsFunction(ApiEdge edge, Subscriptions subscriptions) {
        this.edge = edge;
        this.subscriptions = subscriptions;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::list);
    }

    private ApiAnswer list(ApiRequest request) {
        return ApiAnswer.json(200, DirectoryAnswers.subscriptions(subscriptions.all()));
    }
}
