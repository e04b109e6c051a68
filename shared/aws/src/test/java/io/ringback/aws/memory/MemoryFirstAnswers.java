package io.ringback.aws.memory;

import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.FirstAnswers;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** First answers in memory. */
public final class MemoryFirstAnswers implements FirstAnswers {
    private final Map<String, FirstAnswer> answers = new HashMap<>();

    @Override
    public synchronized Optional<FirstAnswer> find(String request, Instant now) {
        return Optional.ofNullable(answers.get(request)).filter(answer -> !answer.isExpired(now));
    }

    /** Whether the same request has been carried out; whoever asks holds a lock until it keeps the answer. */
    synchronized boolean isRepeated(@Nullable FirstAnswer answer) {
        return answer != null && find(answer.request(), answer.at()).isPresent();
    }

    synchronized void keep(@Nullable FirstAnswer answer) {
        if (answer != null) {
            answers.put(answer.request(), answer);
        }
    }
}
