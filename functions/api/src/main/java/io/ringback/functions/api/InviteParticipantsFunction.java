package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.Callback;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Reply;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.Answers;
import io.ringback.wire.callingserver.InviteParticipantsRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Brings further parties into a call (native API §1, §2). */
public final class InviteParticipantsFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;
    private final CallerIds callerIds;
    private final OutboundPolicy outbound;

    /** The function of a deployment. */
    public InviteParticipantsFunction() {
        this(Deployment.of(InviteParticipantsFunction.class));
    }

    private InviteParticipantsFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls(), deployment.callerIds(), deployment.outbound());
    }

    InviteParticipantsFunction(ApiEdge edge, CallProcessor calls, CallerIds callerIds, OutboundPolicy outbound) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
        this.callerIds = callerIds;
        this.outbound = outbound;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::invite);
    }

    private ApiAnswer invite(ApiRequest request) {
        InviteParticipantsRequest wanted = request.isOutOfCall()
                ? InviteParticipantsRequest.readOutOfCall(request.json(), outbound)
                : InviteParticipantsRequest.read(request.json(), outbound);
        CallerIds.Verdict verdict = callerIds.judge(
                request, wanted.participants(), i -> "participants[" + i + "]", wanted.alternateCallerId());
        if (verdict instanceof CallerIds.Refused refused) {
            return ApiAnswer.refused(refused.reason());
        }
        Callback callback =
                Optional.ofNullable(wanted.callbackUri()).map(request::callback).orElse(null);
        return changes.ofCall(
                request,
                connection -> new CallCommand.InviteParticipants(
                        connection,
                        wanted.participants(),
                        ((CallerIds.Shown) verdict).callerId(),
                        wanted.ringTimeout(),
                        wanted.operationContext(),
                        callback),
                reply -> ApiAnswer.json(202, Answers.invited((Reply.ParticipantsInvited) reply)));
    }
}
