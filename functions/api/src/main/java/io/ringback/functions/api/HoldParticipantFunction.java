package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.command.CallCommand;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.HoldParticipantRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Puts a party on hold, with music or in silence (native API §1). */
public final class HoldParticipantFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;
    private final OutboundPolicy outbound;

    /** The function of a deployment. */
    public HoldParticipantFunction() {
        this(Deployment.of(HoldParticipantFunction.class));
    }

    private HoldParticipantFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls(), deployment.outbound());
    }

    HoldParticipantFunction(ApiEdge edge, CallProcessor calls, OutboundPolicy outbound) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
        this.outbound = outbound;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::hold);
    }

    private ApiAnswer hold(ApiRequest request) {
        HoldParticipantRequest wanted = HoldParticipantRequest.read(request.optionalJson(), outbound);
        String participant = request.parameter(CallChanges.PARTICIPANT);
        return changes.ofConnection(
                request,
                connection -> new CallCommand.HoldParticipant(connection, participant, wanted.music()),
                done -> ApiAnswer.empty(200));
    }
}
