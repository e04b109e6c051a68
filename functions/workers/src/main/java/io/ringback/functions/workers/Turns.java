package io.ringback.functions.workers;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Tasks that run side by side, and their results in the order in which they end. Used by one thread. */
final class Turns<R> {
    private final ExecutorCompletionService<R> running;
    private int left;

    Turns(ExecutorService threads) {
        running = new ExecutorCompletionService<>(threads);
    }

    void begin(Callable<R> turn) {
        running.submit(turn);
        left++;
    }

    /** How many were begun and not returned by {@link #next}. */
    int left() {
        return left;
    }

    /**
     * The result of the next one that ends; empty when none does so soon.
     *
     * @throws IllegalStateException when it ended with an exception, which is a bug; an error comes through as it is, for
     *     the instance is not to be used again
     */
    Optional<R> next(Duration patience) throws InterruptedException {
        Future<R> ended = running.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (ended == null) {
            return Optional.empty();
        }
        left--;
        try {
            return Optional.of(ended.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a turn failed", e.getCause());
        }
    }
}
