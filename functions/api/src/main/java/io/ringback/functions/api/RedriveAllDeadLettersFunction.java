package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.DeadLetters.Letter;
import io.ringback.core.port.DeadLetters.Redrive;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.DeadLetterAnswers;
import io.ringback.wire.callingserver.PageQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lets the events that were given up be sent again, up to a hundred at a time (native API §4). */
public final class RedriveAllDeadLettersFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final DeadLetters letters;
    private final Pokes pokes;

    /** The function of a deployment. */
    public RedriveAllDeadLettersFunction() {
        this(Deployment.of(RedriveAllDeadLettersFunction.class));
    }

    private RedriveAllDeadLettersFunction(Deployment deployment) {
        this(deployment.edgeOfDeadLetters(), deployment.deadLetters(), deployment.callbackPokes());
    }

    RedriveAllDeadLettersFunction(ApiEdge edge, DeadLetters letters, Pokes pokes) {
        this.edge = edge;
        this.letters = letters;
        this.pokes = pokes;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::redriveAll);
    }

    private ApiAnswer redriveAll(ApiRequest request) {
        if (letters.list(PageQuery.deadLetters(request.optionalJson())) instanceof DeadLetters.Answer.Page page) {
            return redriveAll(request, page);
        }
        throw PageQuery.foreignToken();
    }

    private ApiAnswer redriveAll(ApiRequest request, DeadLetters.Answer.Page page) {
        int redriven = 0;
        Set<StreamRef> woken = new LinkedHashSet<>();
        for (Letter letter : page.letters()) {
            if (letters.redrive(letter.id(), null) instanceof Redrive.Waiting waiting) {
                woken.add(waiting.stream());
                redriven++;
            }
        }
        List<StreamRef> streams = List.copyOf(woken);
        ApiAnswer answer = ApiAnswer.json(202, DeadLetterAnswers.redriven(redriven, page.continuationToken()));
        pokes.poke(streams);
        FirstAnswer firstAnswer = request.firstAnswer(answer, streams);
        return firstAnswer == null || letters.remember(firstAnswer) ? answer : ApiAnswer.overtakenByItself();
    }
}
