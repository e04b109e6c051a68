package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.decision.Reply;
import io.ringback.functions.api.admission.DialPolicy;
import io.ringback.functions.api.admission.GatewayChoice;
import io.ringback.functions.api.admission.RecentSubscriptions;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.Answers;
import io.ringback.wire.callingserver.CreateCallRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Places a call to one or several, if the operator allows it and a gateway has room (native API §1). */
public final class CreateCallFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallProcessor calls;
    private final GatewayChoice gateways;
    private final RecentSubscriptions subscriptions;
    private final DialPolicy policy;
    private final OutboundPolicy outbound;

    /** The function of a deployment. */
    public CreateCallFunction() {
        this(Deployment.of(CreateCallFunction.class));
    }

    private CreateCallFunction(Deployment deployment) {
        this(
                deployment.edgeOfCalls(),
                deployment.calls(),
                deployment.gatewayChoice(),
                deployment.subscriptions(),
                deployment.dialPolicy(),
                deployment.outbound());
    }

    CreateCallFunction(
            ApiEdge edge,
            CallProcessor calls,
            GatewayChoice gateways,
            RecentSubscriptions subscriptions,
            DialPolicy policy,
            OutboundPolicy outbound) {
        this.edge = edge;
        this.calls = calls;
        this.gateways = gateways;
        this.subscriptions = subscriptions;
        this.policy = policy;
        this.outbound = outbound;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::create);
    }

    private ApiAnswer create(ApiRequest request) {
        CreateCallRequest wanted = CreateCallRequest.read(request.json(), outbound);
        Optional<Decision.Rejected> refusal = policy.refusal(wanted);
        if (refusal.isPresent()) {
            return ApiAnswer.refused(refusal.get());
        }
        Decision decision = noGateway(wanted);
        for (GatewayRef gateway : gateways.choose(wanted.targets())) {
            decision = calls.create(command(wanted, gateway, request), request.keeper(CreateCallFunction::created));
            if (!isFull(decision)) {
                break;
            }
        }
        return ApiAnswer.of(decision, CreateCallFunction::created);
    }

    private static ApiAnswer created(Reply reply) {
        return ApiAnswer.json(201, Answers.callCreated((Reply.CallCreated) reply));
    }

    private CallCommand.CreateCall command(CreateCallRequest wanted, GatewayRef gateway, ApiRequest request) {
        return new CallCommand.CreateCall(
                gateway,
                subscriptions.subscribers(wanted.targets()),
                wanted.targets(),
                wanted.source(),
                wanted.alternateCallerId(),
                wanted.callerId().orElse(null),
                request.callback(wanted.callbackUri()),
                wanted.subject(),
                wanted.requestedEvents(),
                wanted.ringTimeout(),
                wanted.operationContext());
    }

    private static Decision noGateway(CreateCallRequest wanted) {
        return new Decision.Rejected(
                ErrorCode.NO_CAPACITY,
                "no media gateway has room for " + wanted.targets().size() + " more; nothing was dialled, try again",
                null);
    }

    /** Somebody else took the places since the directory was read. */
    private static boolean isFull(Decision decision) {
        return decision instanceof Decision.Rejected rejected && rejected.code() == ErrorCode.NO_CAPACITY;
    }
}
