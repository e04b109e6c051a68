package io.ringback.functions.workers;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Turns of groups side by side, and their results in the order in which they end. Used by one thread.
 *
 * @param <K> names a group
 * @param <R> what a turn comes to
 */
final class Turns<K, R> {
    private final ExecutorCompletionService<R> running;
    private final Set<K> atWork = ConcurrentHashMap.newKeySet();
    private int left;

    Turns(ExecutorService threads) {
        running = new ExecutorCompletionService<>(threads);
    }

    /** @param afterwards what follows the turn; the group's next one may be begun meanwhile */
    <T> void begin(K group, Callable<T> turn, Function<T, R> afterwards) {
        atWork.add(group);
        running.submit(() -> {
            T outcome;
            try {
                outcome = turn.call();
            } finally {
                atWork.remove(group);
            }
            return afterwards.apply(outcome);
        });
        left++;
    }

    /** Begins what is nobody's turn, and is waited for like one. */
    void beside(Callable<R> other) {
        running.submit(other);
        left++;
    }

    /** Whether a turn of this group has not ended. */
    boolean isAtWork(K group) {
        return atWork.contains(group);
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
        Future<R> ended = running.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
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
