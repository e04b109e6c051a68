package io.ringback.functions.workers;

import io.ringback.core.port.Circuits.Endpoint;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.Outbox.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Attempts at one event: whether one is made, what its answer means, and when the next one comes (native API §4). */
final class EventAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(EventAttempts.class);
    private static final int LONGEST_DETAIL = 256;

    /** So many failures with an answer speak of the endpoint, further ones of the same event perhaps of the event. */
    private static final int WITHOUT_DOUBT = 2;

    private final Receiver receiver;
    private final CircuitBreaker circuits;
    private final RetrySchedule schedule;
    private final Ringing ringing;
    private final InstantSource clock;

    EventAttempts(
            Receiver receiver, CircuitBreaker circuits, RetrySchedule schedule, Ringing ringing, InstantSource clock) {
        this.receiver = receiver;
        this.circuits = circuits;
        this.schedule = schedule;
        this.ringing = ringing;
        this.clock = clock;
    }

    /**
     * What came of an attempt.
     *
     * @param next when the event comes again; null when this was the last of it
     */
    record Made(Attempt attempt, @Nullable Instant next) {}

    /** Whether the event has lost its meaning: then nobody is to be told of it any more. */
    boolean isVoid(Row row, Item event) {
        return ringing.isOver(row.stream(), event, clock.instant());
    }

    /** The note about an event that has lost its meaning. */
    Made voided(Item event) {
        return new Made(new Attempt(event.sequence(), clock.instant(), Outcome.VOID, 0, "the ringing is over"), null);
    }

    /**
     * Makes one attempt, unless the endpoint is being left alone.
     *
     * @param row whose first unfinished effect the event is
     * @param afterDead whether the event before it became a dead letter
     */
    Made make(Row row, Item event, boolean afterDead) {
        Endpoint endpoint = Endpoint.of(Objects.requireNonNull(event.destination(), "an event without a destination"));
        // A caller who rings cannot wait, and may be the first to whom the endpoint answers again.
        Optional<Instant> openUntil =
                Ringing.isToldBy(event) ? Optional.empty() : circuits.openUntil(endpoint, row.attemptsInARow() > 0);
        return openUntil.isPresent()
                ? held(row, event, endpoint, openUntil.get())
                : posted(row, event, endpoint, afterDead);
    }

    /** Not made; an event whose time will be up by then is dead. */
    private Made held(Row row, Item event, Endpoint endpoint, Instant until) {
        boolean tooLate = until.isAfter(event.notAfter());
        LOG.info(
                "serverCallId={} event={} sequence={}: {} is left alone, {}",
                row.stream().serverCallId(),
                event.id(),
                event.sequence(),
                endpoint.origin(),
                tooLate ? "a dead letter" : "again at " + until);
        Outcome outcome = tooLate ? Outcome.DEAD : Outcome.HELD;
        String why = cut("not tried: " + endpoint.origin() + " failed several times in a row");
        return new Made(new Attempt(event.sequence(), clock.instant(), outcome, 0, why), tooLate ? null : until);
    }

    private Made posted(Row row, Item event, Endpoint endpoint, boolean afterDead) {
        Answer answer = receiver.post(event);
        Instant answered = clock.instant();
        if (answer.isSuccess() || answer.isFinal()) {
            circuits.answered(endpoint);
            return finished(row, event, answer, answered, answer.detail());
        }
        boolean doubtful = answer.status() != 0 && row.attemptsInARow() >= WITHOUT_DOUBT;
        String detail = circuits.failed(endpoint, doubtful)
                .map(until -> cut("left alone until " + until + "; " + answer.detail()))
                .orElse(answer.detail());
        Optional<Instant> next = Ringing.isToldBy(event)
                ? schedule.nextWhileRinging(answered, row.attemptsInARow(), event.occurredAt())
                : schedule.next(answered, row.attemptsInARow(), afterDead, answer.retryAfter(), event.notAfter());
        if (next.isEmpty()) {
            return finished(row, event, answer, answered, detail);
        }
        log(row, event, answer, "again at " + next.get());
        return new Made(attempt(event, answered, Outcome.FAILED, answer, detail), next.get());
    }

    private static Made finished(Row row, Item event, Answer answer, Instant at, String detail) {
        Outcome outcome = answer.isSuccess() ? Outcome.DELIVERED : Outcome.DEAD;
        log(row, event, answer, answer.isSuccess() ? "delivered" : "a dead letter");
        return new Made(attempt(event, at, outcome, answer, detail), null);
    }

    private static Attempt attempt(Item event, Instant at, Outcome outcome, Answer answer, String detail) {
        return new Attempt(event.sequence(), at, outcome, answer.status(), detail);
    }

    private static void log(Row row, Item event, Answer answer, String what) {
        LOG.atLevel(answer.isSuccess() ? Level.INFO : Level.WARN)
                .log(
                        "serverCallId={} event={} sequence={} attempt={}: status {}, {}",
                        row.stream().serverCallId(),
                        event.id(),
                        event.sequence(),
                        row.attemptsInARow() + 1,
                        answer.status(),
                        what);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL);
    }
}
