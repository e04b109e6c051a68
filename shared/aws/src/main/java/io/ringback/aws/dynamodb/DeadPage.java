package io.ringback.aws.dynamodb;

import io.ringback.aws.DeadLetterId;
import io.ringback.core.port.DeadLetters.Answer;
import io.ringback.core.port.DeadLetters.Letter;
import io.ringback.core.port.DeadLetters.Question;
import io.ringback.core.port.Details;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.StreamRef;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A page of dead letters in the making. */
final class DeadPage {
    /** What {@link #add} says when it told all. */
    static final long ALL = -1;

    private final Question question;
    private final Instant now;
    private final List<Letter> letters = new ArrayList<>();
    private final PageRoom room = new PageRoom();

    DeadPage(Question question, Instant now) {
        this.question = question;
        this.now = now;
    }

    boolean isFull() {
        return letters.size() == question.top();
    }

    /** Whether letters of this stream can be asked for. */
    boolean mayHold(StreamRef stream) {
        return stream.target().isCallback()
                && (question.serverCallId() == null || question.serverCallId().equals(stream.serverCallId()));
    }

    /**
     * Adds the row's letters.
     *
     * @param told the last one that an earlier page told
     * @return the last one that was told now, because there is no room for more; {@link #ALL} else
     */
    long add(DeadRow row, long told) {
        long last = told;
        for (Item event : row.row().items()) {
            Instant deadAt = row.deadAt(event.sequence());
            URI destination = event.destination();
            if (event.sequence() > told
                    && destination != null
                    && deadAt != null
                    && DeadRow.isKept(deadAt, now)
                    && question.meets(destination)) {
                List<Attempt> attempts = row.attempts(event.sequence());
                if (isFull() || !room.take(PageRoom.json(event.body()) + PageRoom.attempts(attempts))) {
                    return last;
                }
                letters.add(letter(row, event, destination, deadAt, attempts));
                last = event.sequence();
            }
        }
        return ALL;
    }

    Answer.Page answer(DeadPosition next) {
        return new Answer.Page(letters, next.token(question));
    }

    Answer.Page last() {
        return new Answer.Page(letters, null);
    }

    private static Letter letter(DeadRow row, Item event, URI destination, Instant deadAt, List<Attempt> attempts) {
        StreamRef stream = row.row().stream();
        String id = new DeadLetterId(stream, row.row().firstSequence(), event.sequence()).text();
        return new Letter(id, stream, event, Details.withoutSecrets(destination), deadAt, attempts);
    }
}
