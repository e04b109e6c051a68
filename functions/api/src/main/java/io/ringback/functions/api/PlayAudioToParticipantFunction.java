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
import io.ringback.wire.callingserver.PlayAudioRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Plays a prompt to one party (native API §1). */
public final class PlayAudioToParticipantFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final CallChanges changes;
    private final OutboundPolicy outbound;

    /** The function of a deployment. */
    public PlayAudioToParticipantFunction() {
        this(Deployment.rehearsed(
                PlayAudioToParticipantFunction.class,
                new RehearsedRequest(PlayAudioToParticipantFunction::new, "{\"text\": \"Hello.\"}")));
    }

    private PlayAudioToParticipantFunction(Deployment deployment) {
        this(deployment.edgeOfCalls(), deployment.calls(), deployment.outbound());
    }

    PlayAudioToParticipantFunction(ApiEdge edge, CallProcessor calls, OutboundPolicy outbound) {
        this.edge = edge;
        this.changes = new CallChanges(calls);
        this.outbound = outbound;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::play);
    }

    private ApiAnswer play(ApiRequest request) {
        PlayAudioRequest wanted = PlayAudioRequest.read(request.json(), outbound);
        String participant = request.parameter(CallChanges.PARTICIPANT);
        Callback callback =
                Optional.ofNullable(wanted.callbackUri()).map(request::callback).orElse(null);
        return changes.ofConnection(
                request,
                connection -> new CallCommand.Play(
                        connection,
                        participant,
                        wanted.source(),
                        wanted.loop(),
                        wanted.stopOnTones(),
                        wanted.operationContext(),
                        callback),
                reply -> ApiAnswer.json(202, Answers.operation((Reply.OperationAccepted) reply)));
    }
}
