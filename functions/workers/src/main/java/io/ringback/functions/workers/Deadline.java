package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much of its time-out an invocation has left.
 *
 * @param remainingMillis asked anew each time
 */
record Deadline(LongSupplier remainingMillis) {
    static Deadline of(Context context) {
        return new Deadline(context::getRemainingTimeInMillis);
    }

    boolean leaves(Duration needed) {
        return remainingMillis.getAsLong() >= needed.toMillis();
    }
}
