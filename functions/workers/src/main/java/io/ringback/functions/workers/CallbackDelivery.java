package io.ringback.functions.workers;

import io.ringback.aws.sqs.Poke;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.Outbox.Reading;
import io.ringback.core.port.Outbox.Redriven;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of one stream, in order and one at a time (native API §4). What was delivered is noted before the
 * next event is sent, so that whoever takes over after a crash repeats one event at most. Dead letters that are to be
 * sent again come after what is new, in order among themselves; after each attempt at one the stream is looked at anew.
 */
final class CallbackDelivery implements Work<StreamRef, StreamRef> {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackDelivery.class);
    private static final int ROWS = 10;

    /** What one attempt may take, with the note about it. */
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(12);

    /** How long after a redrive a letter is tried. */
    private static final Duration REDRIVEN_FOR = Duration.ofHours(1);

    private static final Duration AT_A_HOLE = Duration.ofSeconds(1);
    private static final Duration OTHERS_AT_IT = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final Pokes pokes;
    private final Attempts attempts;
    private final InstantSource clock;

    CallbackDelivery(Outbox outbox, Pokes pokes, Attempts attempts, InstantSource clock) {
        this.outbox = outbox;
        this.pokes = pokes;
        this.attempts = attempts;
        this.clock = clock;
    }

    @Override
    public StreamRef read(String body) {
        StreamRef stream = Poke.decode(body);
        if (!stream.target().isCallback()) {
            throw new IllegalArgumentException("no stream of events: " + stream.target());
        }
        return stream;
    }

    @Override
    public StreamRef groupOf(StreamRef stream) {
        return stream;
    }

    @Override
    public boolean renew(StreamRef stream) {
        pokes.poke(List.of(stream));
        return true;
    }

    @Override
    public Turn take(StreamRef stream, List<StreamRef> same, Deadline deadline) {
        while (true) {
            Reading reading = outbox.read(stream, ROWS);
            Turn turn = deliver(stream, reading, deadline);
            Redriven letter = reading.redriven();
            if (turn == null) {
                continue;
            }
            if (letter == null || !(turn instanceof Turn.Done || turn instanceof Turn.Wait)) {
                return turn;
            }
            Turn interruption = redeliver(letter, turn, deadline);
            if (interruption != null) {
                return interruption;
            }
            // What came meanwhile is older than the next letter's turn: look at it first.
        }
    }

    /** Delivers what is new in the stream; null when there may be more of it. */
    private @Nullable Turn deliver(StreamRef stream, Reading reading, Deadline deadline) {
        boolean afterDead = reading.afterDead();
        for (Row row : reading.rows()) {
            Step step = deliver(row, afterDead, deadline);
            if (step.interruption() != null) {
                return step.interruption();
            }
            afterDead = step.afterDead();
        }
        if (reading.hole()) {
            LOG.warn("serverCallId={} target={}: a hole in the stream", stream.serverCallId(), stream.target());
            return new Turn.LookAgain(AT_A_HOLE);
        }
        // What was committed after the reading has a poke of its own.
        return reading.rows().size() < ROWS ? new Turn.Done() : null;
    }

    /** Delivers the rest of a row. */
    private Step deliver(Row from, boolean afterDeadBefore, Deadline deadline) {
        Row row = from;
        boolean afterDead = afterDeadBefore;
        while (!row.isFinished()) {
            Instant now = clock.instant();
            Item event = row.items().get(row.done());
            Optional<Attempt> last = attempts.unlessWorthIt(row.stream(), event, now);
            if (last.isEmpty()) {
                if (row.nextAttempt() != null && row.nextAttempt().isAfter(now)) {
                    return Step.stop(new Turn.Wait(Duration.between(now, row.nextAttempt())));
                }
                if (!deadline.leaves(ONE_ATTEMPT)) {
                    return Step.stop(new Turn.GoOn());
                }
                Attempts.Tried tried = attempts.make(
                        new Attempts.Delivery(
                                row.stream(), event, row.attemptsInARow(), event.occurredAt(), event.notAfter()),
                        afterDead);
                if (tried.next() != null) {
                    return putOff(row, tried.attempt(), tried.next());
                }
                last = Optional.of(tried.attempt());
            }
            afterDead = last.get().outcome() == Attempt.Outcome.DEAD;
            Optional<Row> advanced = outbox.advance(
                    row, row.done() + 1, List.of(last.get()), last.get().at());
            if (advanced.isEmpty()) {
                return Step.stop(new Turn.LookAgain(OTHERS_AT_IT));
            }
            row = advanced.get();
        }
        return new Step(null, afterDead);
    }

    private Step putOff(Row row, Attempt attempt, Instant next) {
        Optional<Row> noted = attempt.outcome() == Attempt.Outcome.HELD
                ? outbox.hold(row, row.nextAttempt() == null ? attempt : null, next)
                : outbox.postpone(row, attempt, next);
        return Step.stop(
                noted.isPresent()
                        ? new Turn.Wait(Duration.between(attempt.at(), next))
                        : new Turn.LookAgain(OTHERS_AT_IT));
    }

    /**
     * Makes one attempt at a dead letter that is to be sent again, by the schedule of its own.
     *
     * @param turn what is to become of the stream without it
     * @return what is to become of the stream; null when the attempt was made
     */
    private @Nullable Turn redeliver(Redriven letter, Turn turn, Deadline deadline) {
        Instant now = clock.instant();
        if (!deadline.leaves(ONE_ATTEMPT)) {
            return new Turn.GoOn();
        }
        Optional<Attempt> last = attempts.unlessWorthIt(letter.stream(), letter.event(), now);
        if (last.isEmpty()) {
            if (letter.nextAttempt() != null && letter.nextAttempt().isAfter(now)) {
                return sooner(turn, Duration.between(now, letter.nextAttempt()));
            }
            Attempts.Tried tried = attempts.make(
                    new Attempts.Delivery(
                            letter.stream(),
                            letter.event(),
                            letter.attemptsInARow(),
                            letter.since(),
                            letter.since().plus(REDRIVEN_FOR)),
                    false);
            if (tried.attempt().outcome() == Attempt.Outcome.HELD && tried.next() != null) {
                return sooner(turn, Duration.between(now, tried.next()));
            }
            if (tried.next() != null) {
                return outbox.postpone(letter, tried.attempt(), tried.next()) ? null : new Turn.LookAgain(OTHERS_AT_IT);
            }
            last = Optional.of(tried.attempt());
        }
        return outbox.settle(letter, last.get(), last.get().at()) ? null : new Turn.LookAgain(OTHERS_AT_IT);
    }

    /**
     * The stream's turn with a letter that waits. A stream that has nothing else to wait for waits no longer than an
     * attempt would take: what is new must not stand behind a letter. The sweeper wakes it then.
     */
    private static Turn sooner(Turn turn, Duration letter) {
        if (turn instanceof Turn.Wait wait) {
            return wait.time().compareTo(letter) <= 0 ? wait : new Turn.Wait(letter);
        }
        return letter.compareTo(ONE_ATTEMPT) <= 0 ? new Turn.Wait(letter) : turn;
    }

    /**
     * How far a row came.
     *
     * @param interruption why the stream stops here, or null when the row is finished
     */
    private record Step(@Nullable Turn interruption, boolean afterDead) {
        static Step stop(Turn turn) {
            return new Step(turn, false);
        }
    }
}
