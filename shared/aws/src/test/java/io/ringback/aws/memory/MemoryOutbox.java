package io.ringback.aws.memory;

import io.ringback.core.port.Outbox;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The outbox in memory. */
public final class MemoryOutbox implements Outbox {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Map<StreamRef, Map<Long, Stored>> streams = new HashMap<>();
    private final Set<Stored> hidden = new HashSet<>();

    /** A row as it is now, with the log of its attempts. */
    private static final class Stored {
        private Row row;
        private @Nullable Instant dueAt;
        private final List<Attempt> attempts = new ArrayList<>();

        Stored(Row row, Instant dueAt) {
            this.row = row;
            this.dueAt = dueAt;
        }
    }

    synchronized void insert(StreamRef stream, List<Item> items, Instant now) {
        long first = items.get(0).sequence();
        Row row = new Row(stream, first, items, 0, 0, null, 0);
        Stored before = rows(stream).put(first, new Stored(row, now.plus(GRACE)));
        if (before != null) {
            throw new IllegalStateException("row " + first + " of " + stream + " is written twice");
        }
    }

    @Override
    public synchronized Reading read(StreamRef stream, int limit) {
        List<Row> unfinished = new ArrayList<>();
        long expected = 1;
        boolean afterDead = false;
        for (Stored stored : rows(stream).values()) {
            if (hidden.contains(stored)) {
                continue;
            }
            if (stored.row.firstSequence() != expected) {
                return new Reading(unfinished, true, afterDead);
            }
            expected = stored.row.nextSequence();
            for (Attempt attempt : unfinished.isEmpty() ? stored.attempts : List.<Attempt>of()) {
                afterDead = attempt.outcome() == Attempt.Outcome.FAILED
                        ? afterDead
                        : attempt.outcome() == Attempt.Outcome.DEAD;
            }
            if (!stored.row.isFinished()) {
                unfinished.add(stored.row);
            }
            if (unfinished.size() == limit) {
                break;
            }
        }
        return new Reading(unfinished, false, afterDead);
    }

    @Override
    public synchronized Optional<Row> advance(Row row, int done, List<Attempt> attempts, Instant now) {
        checkAdvance(row, done, attempts);
        return current(row).map(stored -> {
            boolean finished = done == row.items().size();
            stored.dueAt = finished ? null : now.plus(GRACE);
            return step(stored, attempts, done, 0, null);
        });
    }

    @Override
    public synchronized Optional<Row> postpone(Row row, Attempt attempt, Instant nextAttempt) {
        if (attempt.outcome() != Attempt.Outcome.FAILED || attempt.sequence() != row.firstSequence() + row.done()) {
            throw new IllegalArgumentException("not a failure of the first unfinished effect: " + attempt);
        }
        return current(row).map(stored -> {
            stored.dueAt = nextAttempt.plus(GRACE);
            return step(stored, List.of(attempt), row.done(), row.attemptsInARow() + 1, nextAttempt);
        });
    }

    @Override
    public synchronized List<StreamRef> due(int shard, Instant now, int limit) {
        record Due(StreamRef stream, Instant at) {}
        List<Due> due = new ArrayList<>();
        streams.forEach((stream, rows) -> rows.values().forEach(stored -> {
            if (stored.dueAt != null
                    && stored.dueAt.isBefore(now)
                    && Math.floorMod(stream.hashCode(), DUE_SHARDS) == shard) {
                due.add(new Due(stream, stored.dueAt));
            }
        }));
        return due.stream()
                .sorted(Comparator.comparing(Due::at))
                .map(Due::stream)
                .distinct()
                .limit(limit)
                .toList();
    }

    /** The delivery log of a stream: every attempt, in order. */
    public synchronized List<Attempt> attempts(StreamRef stream) {
        return rows(stream).values().stream()
                .flatMap(stored -> stored.attempts.stream())
                .toList();
    }

    /** Every effect that was ever committed to a stream, in order. */
    public synchronized List<Item> items(StreamRef stream) {
        return rows(stream).values().stream()
                .flatMap(stored -> stored.row.items().stream())
                .toList();
    }

    /** Makes a row invisible to reads, as a query may miss one while its transaction is being carried out. */
    public synchronized void hide(StreamRef stream, long firstSequence) {
        Stored stored = rows(stream).get(firstSequence);
        if (stored == null) {
            throw new IllegalArgumentException("no such row");
        }
        hidden.add(stored);
    }

    /** Lets reads see every row again. */
    public synchronized void revealAll() {
        hidden.clear();
    }

    private static void checkAdvance(Row row, int done, List<Attempt> attempts) {
        if (done <= row.done() || done > row.items().size()) {
            throw new IllegalArgumentException("cannot advance from " + row.done() + " to " + done + " of "
                    + row.items().size());
        }
        List<Long> finished = attempts.stream()
                .filter(attempt -> attempt.outcome() != Attempt.Outcome.FAILED)
                .map(Attempt::sequence)
                .toList();
        List<Long> expected = new ArrayList<>();
        for (int i = row.done(); i < done; i++) {
            expected.add(row.firstSequence() + i);
        }
        if (!finished.equals(expected)) {
            throw new IllegalArgumentException("the log finishes " + finished + ", the row " + expected);
        }
    }

    private Optional<Stored> current(Row row) {
        return Optional.ofNullable(rows(row.stream()).get(row.firstSequence()))
                .filter(stored -> stored.row.revision() == row.revision());
    }

    private static Row step(
            Stored stored, List<Attempt> attempts, int done, int attemptsInARow, @Nullable Instant nextAttempt) {
        Row row = stored.row;
        stored.attempts.addAll(attempts);
        stored.row = new Row(
                row.stream(), row.firstSequence(), row.items(), done, attemptsInARow, nextAttempt, row.revision() + 1);
        return stored.row;
    }

    private Map<Long, Stored> rows(StreamRef stream) {
        return streams.computeIfAbsent(stream, s -> new TreeMap<>());
    }
}
