package io.ringback.functions.workers;

import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.StreamRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Single attempts to deliver an event: what the receiver answers, and when to try again. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final Receiver receiver;
    private final RetrySchedule schedule;
    private final Ringing ringing;
    private final InstantSource clock;

    Attempts(Receiver receiver, RetrySchedule schedule, Ringing ringing, InstantSource clock) {
        this.receiver = receiver;
        this.schedule = schedule;
        this.ringing = ringing;
        this.clock = clock;
    }

    /**
     * An event whose turn it is.
     *
     * @param failedBefore attempts that failed before, by this schedule
     * @param since when its schedule began
     * @param notAfter after this moment it is not attempted again
     */
    record Delivery(StreamRef stream, Item event, int failedBefore, Instant since, Instant notAfter) {}

    /**
     * An attempt that was made.
     *
     * @param next when to try again; null when the attempt finished the event
     */
    record Tried(Attempt attempt, @Nullable Instant next) {}

    /** What finishes an event that is not worth an attempt any more: it asks about a ringing that is over. */
    Optional<Attempt> unlessWorthIt(StreamRef stream, Item event, Instant now) {
        return ringing.isOver(stream, event, now)
                ? Optional.of(new Attempt(event.sequence(), now, Attempt.Outcome.VOID, 0, "the ringing is over"))
                : Optional.empty();
    }

    /**
     * Makes one attempt.
     *
     * @param afterDead whether the event before it became a dead letter
     */
    Tried make(Delivery delivery, boolean afterDead) {
        Answer answer = receiver.post(delivery.event());
        Instant answered = clock.instant();
        Optional<Instant> next = next(delivery, answer, answered, afterDead);
        log(delivery, answer, next);
        Attempt.Outcome outcome = answer.isSuccess()
                ? Attempt.Outcome.DELIVERED
                : next.isPresent() ? Attempt.Outcome.FAILED : Attempt.Outcome.DEAD;
        Attempt attempt = new Attempt(delivery.event().sequence(), answered, outcome, answer.status(), answer.detail());
        return new Tried(attempt, next.orElse(null));
    }

    /** When to try again; empty when that would be no use. */
    private Optional<Instant> next(Delivery delivery, Answer answer, Instant answered, boolean afterDead) {
        if (answer.isSuccess() || answer.isFinal()) {
            return Optional.empty();
        }
        return Ringing.isToldBy(delivery.event())
                ? schedule.nextWhileRinging(answered, delivery.failedBefore(), delivery.since())
                : schedule.next(answered, delivery.failedBefore(), afterDead, answer.retryAfter(), delivery.notAfter());
    }

    private static void log(Delivery delivery, Answer answer, Optional<Instant> next) {
        if (answer.isSuccess()) {
            LOG.info(
                    "serverCallId={} event={} sequence={} attempt={}: delivered",
                    delivery.stream().serverCallId(),
                    delivery.event().id(),
                    delivery.event().sequence(),
                    delivery.failedBefore() + 1);
        } else {
            LOG.warn(
                    "serverCallId={} event={} sequence={} attempt={}: status {}, {}",
                    delivery.stream().serverCallId(),
                    delivery.event().id(),
                    delivery.event().sequence(),
                    delivery.failedBefore() + 1,
                    answer.status(),
                    next.map(at -> "again at " + at).orElse("a dead letter"));
        }
    }
}
