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

/** Reads an event subscription (native API §5). */
public final class GetEventSubscriptionFunction implements RequestStreamHandler {
    static final String ID = "subscriptionId";

    private final ApiEdge edge;
    private final Subscriptions subscriptions;

    /** The function of a deployment. */
    public GetEventSubscriptionFunction() {
        this(Deployment.of(GetEventSubscriptionFunction.class));
    }

    private GetEventSubscriptionFunction(Deployment deployment) {
        this(deployment.edge(), deployment.eventSubscriptions());
    }

    GetEventSubscriptionFunction(ApiEdge edge, Subscriptions subscriptions) {
        this.edge = edge;
        this.subscriptions = subscriptions;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::read);
    }

    private ApiAnswer read(ApiRequest request) {
        String id = request.parameter(ID);
        return subscriptions
                .find(id)
                .map(subscription -> ApiAnswer.json(200, DirectoryAnswers.subscription(subscription)))
                .orElseGet(() -> ApiAnswer.notFound(ID, id));
    }
}
