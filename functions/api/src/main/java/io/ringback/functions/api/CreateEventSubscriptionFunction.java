package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.call.Callback;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.directory.Subscription;
import io.ringback.core.port.Ids;
import io.ringback.core.port.Subscriptions;
import io.ringback.functions.api.directory.EndpointConsent;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.CreateEventSubscriptionRequest;
import io.ringback.wire.callingserver.DirectoryAnswers;
import io.ringback.wire.callingserver.Envelope;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Optional;

/** Subscribes an endpoint to calls; one that wants the Event Grid envelope is asked first (native API §5). */
public final class CreateEventSubscriptionFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final Subscriptions subscriptions;
    private final EndpointConsent consent;
    private final OutboundPolicy outbound;
    private final Ids ids;
    private final InstantSource clock;

    /** The function of a deployment. */
    public CreateEventSubscriptionFunction() {
        this(Deployment.of(CreateEventSubscriptionFunction.class));
    }

    private CreateEventSubscriptionFunction(Deployment deployment) {
        this(
                deployment.edgeOfDirectory(),
                deployment.eventSubscriptions(),
                deployment.endpointConsent(),
                deployment.outbound(),
                deployment.ids(),
                deployment.clock());
    }

    CreateEventSubscriptionFunction(
            ApiEdge edge,
            Subscriptions subscriptions,
            EndpointConsent consent,
            OutboundPolicy outbound,
            Ids ids,
            InstantSource clock) {
        this.edge = edge;
        this.subscriptions = subscriptions;
        this.consent = consent;
        this.outbound = outbound;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::create);
    }

    private ApiAnswer create(ApiRequest request) {
        CreateEventSubscriptionRequest wanted = CreateEventSubscriptionRequest.read(request.json(), outbound);
        boolean eventGrid = wanted.schema() == Envelope.EVENT_GRID;
        Optional<String> objection = eventGrid ? consent.objection(wanted.endpoint()) : Optional.empty();
        if (objection.isPresent()) {
            return ApiAnswer.refused(ErrorCode.MALFORMED, "endpoint " + objection.get(), "endpoint");
        }
        Subscription subscription = new Subscription(
                ids.newId(),
                eventGrid ? new Callback(wanted.endpoint(), Callback.EVENT_GRID) : request.callback(wanted.endpoint()),
                wanted.announcements(),
                wanted.to(),
                clock.instant());
        ApiAnswer created = ApiAnswer.json(201, DirectoryAnswers.subscription(subscription));
        return switch (subscriptions.add(subscription, request.firstAnswer(created))) {
            case ADDED -> created;
            case FULL ->
                ApiAnswer.refused(
                        ErrorCode.OPERATION_NOT_ALLOWED,
                        "there are " + Subscription.MOST + " event subscriptions already; delete one first",
                        null);
            case REPEATED -> ApiAnswer.overtakenByItself();
        };
    }
}
