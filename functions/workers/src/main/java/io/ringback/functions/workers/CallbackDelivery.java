package io.ringback.functions.workers;

import io.ringback.aws.sqs.Poke;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.Outbox.Reading;
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
 * next event is sent, so that whoever takes over after a crash repeats one event at most.
 */
final class CallbackDelivery implements Work<StreamRef, StreamRef> {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackDelivery.class);
    private static final int ROWS = 10;

    /** What one attempt may take, with the note about it. */
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(12);

    private static final Duration AT_A_HOLE = Duration.ofSeconds(1);
    private static final Duration OTHERS_AT_IT = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final Pokes pokes;
    private final Receiver receiver;
    private final RetrySchedule schedule;
    private final Ringing ringing;
    private final InstantSource clock;

    CallbackDelivery(
            Outbox outbox,
            Pokes pokes,
            Receiver receiver,
            RetrySchedule schedule,
            Ringing ringing,
            InstantSource clock) {
        this.outbox = outbox;
        this.pokes = pokes;
        this.receiver = receiver;
        this.schedule = schedule;
        this.ringing = ringing;
        this.clock = clock;
    }

    @Override
    public StreamRef read(String body) {
        return Poke.decode(body);
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
            if (reading.rows().size() < ROWS) {
                // What was committed after the reading has a poke of its own.
                return new Turn.Done();
            }
        }
    }

    /** Delivers the rest of a row. */
    private Step deliver(Row from, boolean afterDeadBefore, Deadline deadline) {
        Row row = from;
        boolean afterDead = afterDeadBefore;
        while (!row.isFinished()) {
            Instant now = clock.instant();
            Item event = row.items().get(row.done());
            Attempt last;
            if (ringing.isOver(row.stream(), event, now)) {
                last = new Attempt(event.sequence(), now, Attempt.Outcome.VOID, 0, "the ringing is over");
            } else {
                if (row.nextAttempt() != null && row.nextAttempt().isAfter(now)) {
                    return Step.stop(new Turn.Wait(Duration.between(now, row.nextAttempt())));
                }
                if (!deadline.leaves(ONE_ATTEMPT)) {
                    return Step.stop(new Turn.GoOn());
                }
                Answer answer = receiver.post(event);
                Instant answered = clock.instant();
                Optional<Instant> next = nextAttempt(row, event, answer, answered, afterDead);
                log(row, event, answer, next);
                if (next.isPresent()) {
                    return postpone(row, attempt(event, answered, Attempt.Outcome.FAILED, answer), next.get());
                }
                last = attempt(
                        event, answered, answer.isSuccess() ? Attempt.Outcome.DELIVERED : Attempt.Outcome.DEAD, answer);
            }
            afterDead = last.outcome() == Attempt.Outcome.DEAD;
            Optional<Row> advanced = outbox.advance(row, row.done() + 1, List.of(last), last.at());
            if (advanced.isEmpty()) {
                return Step.stop(new Turn.LookAgain(OTHERS_AT_IT));
            }
            row = advanced.get();
        }
        return new Step(null, afterDead);
    }

    private Step postpone(Row row, Attempt failed, Instant next) {
        return Step.stop(
                outbox.postpone(row, failed, next).isPresent()
                        ? new Turn.Wait(Duration.between(failed.at(), next))
                        : new Turn.LookAgain(OTHERS_AT_IT));
    }

    /** When to try again; empty when that would be no use. */
    private Optional<Instant> nextAttempt(Row row, Item event, Answer answer, Instant answered, boolean afterDead) {
        if (answer.isSuccess() || answer.isFinal()) {
            return Optional.empty();
        }
        return Ringing.isToldBy(event)
                ? schedule.nextWhileRinging(answered, row.attemptsInARow(), event.occurredAt())
                : schedule.next(answered, row.attemptsInARow(), afterDead, answer.retryAfter(), event.notAfter());
    }

    private static Attempt attempt(Item event, Instant at, Attempt.Outcome outcome, Answer answer) {
        return new Attempt(event.sequence(), at, outcome, answer.status(), answer.detail());
    }

    private static void log(Row row, Item event, Answer answer, Optional<Instant> next) {
        if (answer.isSuccess()) {
            LOG.info(
                    "serverCallId={} event={} sequence={} attempt={}: delivered",
                    row.stream().serverCallId(),
                    event.id(),
                    event.sequence(),
                    row.attemptsInARow() + 1);
        } else {
            LOG.warn(
                    "serverCallId={} event={} sequence={} attempt={}: status {}, {}",
                    row.stream().serverCallId(),
                    event.id(),
                    event.sequence(),
                    row.attemptsInARow() + 1,
                    answer.status(),
                    next.map(at -> "again at " + at).orElse("a dead letter"));
        }
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
