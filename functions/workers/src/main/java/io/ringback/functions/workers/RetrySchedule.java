package io.ringback.functions.workers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** When the delivery of an event is tried again (native API §4, Delivery). */
final class RetrySchedule {
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120));
    private static final List<Duration> WHILE_RINGING =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));
    private static final Duration LAST_STEP = Duration.ofMinutes(5);
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(10);
    private static final double JITTER = 0.1;

    private final DoubleSupplier random;

    /** @param random values from 0 to below 1, for the jitter: receivers that were down together recover apart */
    RetrySchedule(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * The moment of the next attempt after one that failed now.
     *
     * @param failedBefore failed attempts at this event before that one
     * @param afterDead whether the event before it became a dead letter: then every pause is the last step
     * @param retryAfter what the receiver asked for; zero for nothing
     * @return empty when the next attempt would come after {@code notAfter}: a dead letter
     */
    Optional<Instant> next(Instant now, int failedBefore, boolean afterDead, Duration retryAfter, Instant notAfter) {
        Duration step = afterDead || failedBefore >= STEPS.size() ? LAST_STEP : STEPS.get(failedBefore);
        long jitter = (long) (step.toMillis() * JITTER * random.getAsDouble());
        Duration pause = longer(step.plusMillis(jitter), shorter(retryAfter, LONGEST_REQUEST));
        Instant next = now.plus(pause);
        return next.isAfter(notAfter) ? Optional.empty() : Optional.of(next);
    }

    /**
     * The moment of the next attempt at an IncomingCall after one that failed now (telephony §5): at once, and 1, 2, 5
     * and 10 s after the call came in. What the receiver asks for, and what became of earlier events, changes nothing:
     * a phone rings.
     *
     * @return empty when there is no further one
     */
    Optional<Instant> nextWhileRinging(Instant now, int failedBefore, Instant cameIn) {
        if (failedBefore >= WHILE_RINGING.size()) {
            return Optional.empty();
        }
        Instant planned = cameIn.plus(WHILE_RINGING.get(failedBefore));
        Instant soonest = now.plus(STEPS.get(0));
        return Optional.of(planned.isAfter(soonest) ? planned : soonest);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
