package io.ringback.functions.api.edge;

import io.ringback.core.decision.ErrorCode;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.FirstAnswers;
import io.ringback.core.port.Pokes;
import io.ringback.wire.repeat.AnswerSeal;
import io.ringback.wire.repeat.Repeatability;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives a request that comes again its first answer, and wakes again whom the first one woke (native API §7). Without the
 * headers it costs nothing.
 */
public final class Repetitions {
    private static final String RESULT = "repeatability-result";
    private static final String ACCEPTED = "accepted";
    private static final String REJECTED = "rejected";

    private final FirstAnswers answers;
    private final Pokes pokes;
    private final AnswerSeal seal;

    public Repetitions(FirstAnswers answers, Pokes pokes, AnswerSeal seal) {
        this.answers = answers;
        this.pokes = pokes;
        this.seal = seal;
    }

    /** Answers a request, by the operation unless it was carried out before. */
    ApiAnswer answer(ApiRequest request, Instant now, Function<ApiRequest, ApiAnswer> operation) {
        Repeatability headers = Repeatability.read(
                request.header(Repeatability.REQUEST_ID), request.header(Repeatability.FIRST_SENT), now);
        if (headers instanceof Repeatability.Unusable unusable) {
            return ApiAnswer.refused(unusable.refusal()).with(RESULT, REJECTED);
        }
        return headers instanceof Repeatability.Repeatable repeatable
                ? once(request.repeatable(repeatable, now, seal), now, operation)
                : operation.apply(request);
    }

    private ApiAnswer once(ApiRequest request, Instant now, Function<ApiRequest, ApiAnswer> operation) {
        RepeatableRequest repeatable = request.repeatable().orElseThrow();
        Optional<ApiAnswer> before = firstAnswer(repeatable, now);
        if (before.isPresent()) {
            return before.get();
        }
        ApiAnswer answer = operation.apply(request);
        if (answer.refusal() == null) {
            return answer.with(RESULT, ACCEPTED);
        }
        // It may have been refused because it was carried out since we looked, or failed when that was done: then the
        // first answer is the true one.
        return firstAnswer(repeatable, now).orElse(answer);
    }

    private Optional<ApiAnswer> firstAnswer(RepeatableRequest repeatable, Instant now) {
        return answers.find(repeatable.request(), now).map(first -> again(repeatable, first));
    }

    private ApiAnswer again(RepeatableRequest repeatable, FirstAnswer first) {
        if (!repeatable.hasContentOf(first)) {
            return ApiAnswer.refused(
                            ErrorCode.CONFLICT,
                            "the id of the header " + Repeatability.REQUEST_ID
                                    + " was used for another body or api-version; a new request needs a new one",
                            Repeatability.REQUEST_ID)
                    .with(RESULT, REJECTED);
        }
        pokes.poke(first.streams());
        return repeatable.open(first).with(RESULT, ACCEPTED);
    }
}
