package io.ringback.functions.workers;

import java.time.Duration;
import java.util.Set;

/**
 * What a receiver answered to an event.
 *
 * @param status the HTTP status, or 0 when there was no answer
 * @param detail the answer's beginning, or why there was none; for people, and bounded by the attempt that notes it
 * @param retryAfter what the receiver asked for; zero for nothing
 */
record Answer(int status, String detail, Duration retryAfter) {
    /** 4xx that speak of the moment and not of the event. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether trying again would be no use. */
    boolean isFinal() {
        return status >= 400 && status < 500 && !PASSING.contains(status);
    }
}
