package io.ringback.wire.callingserver;

import com.fasterxml.jackson.databind.util.RawValue;
import io.ringback.core.port.DeadLetters.Answer;
import io.ringback.core.port.DeadLetters.Letter;
import io.ringback.wire.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of answers about dead letters (native API §4). */
public final class DeadLetterAnswers {
    private DeadLetterAnswers() {}

    /** The answer to ListDeadLetters. */
    public static String page(Answer.Page page) {
        return Json.write(
                new LetterPage(page.letters().stream().map(LetterJson::of).toList(), page.continuationToken()));
    }

    /**
     * The answer to RedriveAllDeadLetters.
     *
     * @param continuationToken what goes into the next request, for those that are left
     */
    public static String redriven(int count, @Nullable String continuationToken) {
        return Json.write(new Redriven(count, continuationToken));
    }

    private record LetterPage(
            List<LetterJson> deadLetters, @Nullable String continuationToken) {}

    private record Redriven(int redriven, @Nullable String continuationToken) {}

    /** @param body what was sent and will be sent again, as it is */
    private record LetterJson(
            String deadLetterId,
            String serverCallId,
            URI callbackUri,
            String eventId,
            String type,
            long sequence,
            Instant occurredAt,
            Instant deadAt,
            List<AttemptJson> attempts,
            RawValue body) {
        static LetterJson of(Letter letter) {
            return new LetterJson(
                    letter.id(),
                    letter.stream().serverCallId(),
                    letter.destination(),
                    letter.event().id(),
                    letter.event().type(),
                    letter.event().sequence(),
                    letter.event().occurredAt(),
                    letter.deadAt(),
                    letter.attempts().stream().map(AttemptJson::of).toList(),
                    new RawValue(letter.event().body()));
        }
    }
}
