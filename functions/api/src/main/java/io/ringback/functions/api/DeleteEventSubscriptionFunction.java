package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.port.Subscriptions;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Ends an event subscription; calls that run still tell it (native API §5). */
public final class DeleteEventSubscriptionFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final Subscriptions subscriptions;

    /** The function of a deployment. */
    public DeleteEventSubscriptionFunction() {
        this(Deployment.of(DeleteEventSubscriptionFunction.class));
    }

    private DeleteEventSubscriptionFunction(Deployment deployment) {
        this(deployment.edge(), deployment.eventSubscriptions());
    }

    DeleteEventSubscriptionFunction(ApiEdge edge, Subscriptions subscriptions) {
        this.edge = edge;
        this.subscriptions = subscriptions;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::delete);
    }

    private ApiAnswer delete(ApiRequest request) {
        String id = request.parameter(GetEventSubscriptionFunction.ID);
        return subscriptions.delete(id)
                ? ApiAnswer.empty(204)
                : ApiAnswer.notFound(GetEventSubscriptionFunction.ID, id);
    }
}
