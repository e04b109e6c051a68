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
    private final InstantSource clock;

    CallbackDelivery(Outbox outbox, Pokes pokes, Receiver receiver, RetrySchedule schedule, InstantSource clock) {
        this.outbox = outbox;
        this.pokes = pokes;
        this.receiver = receiver;
        this.schedule = schedule;
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
            if (row.nextAttempt() != null && row.nextAttempt().isAfter(now)) {
                return Step.stop(new Turn.Wait(Duration.between(now, row.nextAttempt())));
            }
            if (!deadline.leaves(ONE_ATTEMPT)) {
                return Step.stop(new Turn.GoOn());
            }
            Item event = row.items().get(row.done());
            Answer answer = receiver.post(event);
            Instant answered = clock.instant();
            Optional<Instant> next = answer.isSuccess() || answer.isFinal()
                    ? Optional.empty()
                    : schedule.next(answered, row.attemptsInARow(), afterDead, answer.retryAfter(), event.notAfter());
            log(row, event, answer, next);
            if (next.isPresent()) {
                return outbox.postpone(row, attempt(event, answered, Attempt.Outcome.FAILED, answer), next.get())
                                .isPresent()
                        ? Step.stop(new Turn.Wait(Duration.between(answered, next.get())))
                        : Step.stop(new Turn.LookAgain(OTHERS_AT_IT));
            }
            afterDead = !answer.isSuccess();
            Attempt.Outcome outcome = afterDead ? Attempt.Outcome.DEAD : Attempt.Outcome.DELIVERED;
            Optional<Row> advanced =
                    outbox.advance(row, row.done() + 1, List.of(attempt(event, answered, outcome, answer)), answered);
            if (advanced.isEmpty()) {
                return Step.stop(new Turn.LookAgain(OTHERS_AT_IT));
            }
            row = advanced.get();
        }
        return new Step(null, afterDead);
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
