package io.ringback.functions.workers;

import io.ringback.core.port.Circuits.Endpoint;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.log.Masked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Single attempts to deliver an event: whether one is made, what the receiver answers, and when to try again (native API
 * §4).
 */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** So many failures with an answer speak of the endpoint; further ones of the same event perhaps of the event. */
    private static final int WITHOUT_DOUBT = 2;

    private final Receiver receiver;
    private final CircuitBreaker circuits;
    private final RetrySchedule schedule;
    private final Ringing ringing;
    private final InstantSource clock;

    Attempts(Receiver receiver, CircuitBreaker circuits, RetrySchedule schedule, Ringing ringing, InstantSource clock) {
        this.receiver = receiver;
        this.circuits = circuits;
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
     * An attempt that was made, or held.
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
     * Makes one attempt, unless the event's endpoint is being left alone.
     *
     * @param afterDead whether the event before it became a dead letter
     */
    Tried make(Delivery delivery, boolean afterDead) {
        Item event = delivery.event();
        Endpoint endpoint = Endpoint.of(Objects.requireNonNull(event.destination(), "an event without a destination"));
        // A caller who rings cannot wait, and may be the first to whom the endpoint answers again.
        Optional<Instant> openUntil =
                Ringing.isToldBy(event) ? Optional.empty() : circuits.openUntil(endpoint, delivery.failedBefore() > 0);
        return openUntil.isPresent() ? held(delivery, endpoint, openUntil.get()) : post(delivery, endpoint, afterDead);
    }

    /** Not made; an event whose time will be up by then is dead. */
    private Tried held(Delivery delivery, Endpoint endpoint, Instant until) {
        boolean tooLate = until.isAfter(delivery.notAfter());
        log(
                Level.INFO,
                delivery,
                endpoint.origin() + " is left alone, " + (tooLate ? "a dead letter" : "again at " + until));
        Attempt attempt = new Attempt(
                delivery.event().sequence(),
                clock.instant(),
                tooLate ? Attempt.Outcome.DEAD : Attempt.Outcome.HELD,
                0,
                "not tried: " + endpoint.origin() + " failed several times in a row");
        return new Tried(attempt, tooLate ? null : until);
    }

    private Tried post(Delivery delivery, Endpoint endpoint, boolean afterDead) {
        Answer answer = receiver.post(delivery.event());
        Instant answered = clock.instant();
        Optional<Instant> leftAlone = note(delivery, endpoint, answer);
        Optional<Instant> next = next(delivery, answer, answered, afterDead)
                .map(step ->
                        leftAlone.filter(until -> waits(delivery, step, until)).orElse(step));
        Attempt.Outcome outcome = answer.isSuccess()
                ? Attempt.Outcome.DELIVERED
                : next.isPresent() ? Attempt.Outcome.FAILED : Attempt.Outcome.DEAD;
        if (answer.isSuccess()) {
            log(Level.INFO, delivery, "delivered");
        } else {
            String what = answer.status() == 0 ? answer.detail() : "status " + answer.status();
            log(
                    Level.WARN,
                    delivery,
                    what + ", " + next.map(at -> "again at " + at).orElse("a dead letter"));
        }
        String detail = leftAlone
                .map(until -> "left alone until " + until + "; " + answer.detail())
                .orElse(answer.detail());
        return new Tried(
                new Attempt(delivery.event().sequence(), answered, outcome, answer.status(), detail),
                next.orElse(null));
    }

    /** Whether to come at its step would mean to be held, and to come again when the endpoint is tried. */
    private static boolean waits(Delivery delivery, Instant step, Instant leftAloneUntil) {
        return step.isBefore(leftAloneUntil)
                && !leftAloneUntil.isAfter(delivery.notAfter())
                && !Ringing.isToldBy(delivery.event());
    }

    /** Tells the endpoint's circuit; until when the endpoint is left alone, if it is. */
    private Optional<Instant> note(Delivery delivery, Endpoint endpoint, Answer answer) {
        if (answer.isSuccess() || answer.isFinal()) {
            circuits.answered(endpoint);
            return Optional.empty();
        }
        return circuits.failed(endpoint, answer.status() != 0 && delivery.failedBefore() >= WITHOUT_DOUBT);
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

    private static void log(Level level, Delivery delivery, String what) {
        LOG.atLevel(level)
                .log(
                        "serverCallId={} event={} sequence={} attempt={}: {}",
                        delivery.stream().serverCallId(),
                        delivery.event().id(),
                        delivery.event().sequence(),
                        delivery.failedBefore() + 1,
                        Masked.text(what));
    }
}
