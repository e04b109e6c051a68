package io.ringback.aws.memory;

import io.ringback.aws.DeadLetterId;
import io.ringback.aws.PageToken;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.FirstAnswer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dead letters in memory. A token is how many letters were told, so nothing should be sent again between two pages. */
public final class MemoryDeadLetters implements DeadLetters {
    private final MemoryOutbox outbox;
    private final MemoryFirstAnswers firstAnswers;
    private final InstantSource clock;

    MemoryDeadLetters(MemoryOutbox outbox, MemoryFirstAnswers firstAnswers, InstantSource clock) {
        this.outbox = outbox;
        this.firstAnswers = firstAnswers;
        this.clock = clock;
    }

    @Override
    public Answer list(Question question) {
        int told = 0;
        Instant until = clock.instant();
        String name = "dead letters " + question.serverCallId() + " " + question.callbackUri();
        if (question.continuationToken() != null) {
            Optional<List<String>> position = PageToken.open(name, question.continuationToken());
            if (position.isEmpty()) {
                return new Answer.InvalidToken();
            }
            told = Integer.parseInt(position.get().get(0));
            until = Instant.parse(position.get().get(1));
        }
        Instant last = until;
        List<Letter> letters = outbox.letters(clock.instant()).stream()
                .filter(letter -> !letter.deadAt().isAfter(last))
                .filter(letter -> question.serverCallId() == null
                        || question.serverCallId().equals(letter.stream().serverCallId()))
                .filter(letter -> question.meets(letter.destination()))
                .toList();
        int behind = Math.min(told + question.top(), letters.size());
        return new Answer.Page(
                letters.subList(Math.min(told, behind), behind),
                behind < letters.size()
                        ? PageToken.seal(name, List.of(Integer.toString(behind), until.toString()))
                        : null);
    }

    @Override
    public Redrive redrive(String id, @Nullable FirstAnswer firstAnswer) {
        synchronized (firstAnswers) {
            Redrive redrive = DeadLetterId.parse(id)
                    .map(letter -> outbox.redrive(letter, clock.instant(), firstAnswers.isRepeated(firstAnswer)))
                    .orElseGet(Redrive.Unknown::new);
            if (redrive instanceof Redrive.Waiting) {
                firstAnswers.keep(firstAnswer);
            }
            return redrive;
        }
    }

    @Override
    public boolean remember(FirstAnswer firstAnswer) {
        synchronized (firstAnswers) {
            boolean fresh = !firstAnswers.isRepeated(firstAnswer);
            if (fresh) {
                firstAnswers.keep(firstAnswer);
            }
            return fresh;
        }
    }
}
