package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.DeadLetterId;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.DeadLetters.Redrive;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Lets an event that was given up be sent again (native API §4). */
public final class RedriveDeadLetterFunction implements RequestStreamHandler {
    private static final String ID = "deadLetterId";

    private final ApiEdge edge;
    private final DeadLetters letters;
    private final Pokes pokes;

    /** The function of a deployment. */
    public RedriveDeadLetterFunction() {
        this(Deployment.of(RedriveDeadLetterFunction.class));
    }

    private RedriveDeadLetterFunction(Deployment deployment) {
        this(deployment.edgeOfDeadLetters(), deployment.deadLetters(), deployment.callbackPokes());
    }

    RedriveDeadLetterFunction(ApiEdge edge, DeadLetters letters, Pokes pokes) {
        this.edge = edge;
        this.letters = letters;
        this.pokes = pokes;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::redrive);
    }

    private ApiAnswer redrive(ApiRequest request) {
        String id = request.parameter(ID);
        ApiAnswer accepted = ApiAnswer.empty(202);
        List<StreamRef> stream =
                DeadLetterId.parse(id).stream().map(DeadLetterId::stream).toList();
        Redrive redrive = letters.redrive(id, request.firstAnswer(accepted, stream));
        if (redrive instanceof Redrive.Waiting) {
            pokes.poke(stream);
            return accepted;
        }
        if (redrive instanceof Redrive.Repeated) {
            return ApiAnswer.overtakenByItself();
        }
        if (redrive instanceof Redrive.LogFull) {
            return ApiAnswer.refused(
                    ErrorCode.OPERATION_NOT_ALLOWED,
                    "there were too many attempts at this event and those of its commit to keep further ones",
                    ID);
        }
        if (redrive instanceof Redrive.Crowded) {
            return ApiAnswer.refused(
                    ErrorCode.TOO_MANY_CHANGES, "the event is being changed too often; try again", null);
        }
        return ApiAnswer.notFound(ID, id);
    }
}
