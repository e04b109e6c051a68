package io.ringback.functions.workers;

import io.ringback.core.port.Outbox;
import io.ringback.core.port.StreamRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An outbox around whose every step the process may die. */
record CrashingOutbox(Outbox outbox, Crash crash) implements Outbox {
    @Override
    public Reading read(StreamRef stream, int limit) {
        return around(() -> outbox.read(stream, limit));
    }

    @Override
    public Optional<Row> advance(Row row, int done, List<Attempt> attempts, Instant now) {
        return around(() -> outbox.advance(row, done, attempts, now));
    }

    @Override
    public Optional<Row> postpone(Row row, Attempt attempt, Instant nextAttempt) {
        return around(() -> outbox.postpone(row, attempt, nextAttempt));
    }

    @Override
    public boolean settle(Redriven redriven, Attempt attempt, Instant now) {
        return around(() -> outbox.settle(redriven, attempt, now));
    }

    @Override
    public boolean postpone(Redriven redriven, Attempt attempt, Instant nextAttempt) {
        return around(() -> outbox.postpone(redriven, attempt, nextAttempt));
    }

    @Override
    public Optional<Row> hold(Row row, @Nullable Attempt note, Instant until) {
        return around(() -> outbox.hold(row, note, until));
    }

    @Override
    public List<StreamRef> due(int shard, Instant now, int limit) {
        return around(() -> outbox.due(shard, now, limit));
    }

    private <T> T around(Supplier<T> step) {
        crash.point();
        T result = step.get();
        crash.point();
        return result;
    }
}
