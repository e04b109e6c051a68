package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.port.CallStore;
import io.ringback.functions.api.admission.DialPolicy;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.RedirectCallRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends a call that came in on to somebody else, whom the operator has to allow (native API §1, telephony §10). */
public final class RedirectCallFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final IncomingCalls incoming;
    private final CallStore calls;
    private final DialPolicy policy;

    /** The function of a deployment. */
    public RedirectCallFunction() {
        this(Deployment.of(RedirectCallFunction.class));
    }

    private RedirectCallFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.incomingCalls(), deployment.store(), deployment.dialPolicy());
    }

    RedirectCallFunction(ApiEdge edge, IncomingCalls incoming, CallStore calls, DialPolicy policy) {
        this.edge = edge;
        this.incoming = incoming;
        this.calls = calls;
        this.policy = policy;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::redirect);
    }

    private ApiAnswer redirect(ApiRequest request) {
        RedirectCallRequest wanted = RedirectCallRequest.read(request.json());
        Optional<Decision.Rejected> refusal = policy.refusal(List.of(wanted.target()), i -> "target");
        if (refusal.isPresent()) {
            return ApiAnswer.refused(refusal.get());
        }
        return incoming.decide(
                request,
                wanted.incomingCallContext(),
                context -> new CallCommand.RedirectCall(
                        context.subscriptionId(), wanted.target(), callerId(context.serverCallId())),
                done -> ApiAnswer.empty(204));
    }

    /** The caller's own number where the operator lets it be shown; else the gateway shows the trunk's default. */
    private @Nullable String callerId(String serverCallId) {
        return calls.load(serverCallId)
                .map(ServerCall::origin)
                .flatMap(origin -> origin.from().phoneNumber())
                .filter(policy::mayShow)
                .orElse(null);
    }
}
