package io.ringback.aws.memory;

import io.ringback.aws.DeadLetterId;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Details;
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
import java.util.Objects;
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
        private final Map<Long, Redriven> redriven = new TreeMap<>();

        Stored(Row row, Instant dueAt) {
            this.row = row;
            this.dueAt = dueAt;
        }

        /** When the effect was given up; null when it is no dead letter. */
        @Nullable
        Instant deadAt(Item item) {
            Attempt last = null;
            for (Attempt attempt : attempts) {
                if (attempt.sequence() == item.sequence() && attempt.outcome().isLast()) {
                    last = attempt;
                }
            }
            return last != null && last.outcome() == Attempt.Outcome.DEAD && !redriven.containsKey(item.sequence())
                    ? last.at()
                    : null;
        }

        /** Makes it due for its effects or for its first letter that waits, whichever comes first. */
        void dueAgain(Instant now) {
            Instant next = row.nextAttempt();
            Instant own = row.isFinished() ? null : (next == null ? now : next).plus(GRACE);
            Instant again = null;
            for (Redriven first : redriven.values()) {
                again = first.nextAttempt() == null ? now.plus(GRACE) : first.nextAttempt();
                break;
            }
            dueAt = own == null || (again != null && again.isBefore(own)) ? again : own;
        }
    }

    synchronized void insert(StreamRef stream, List<Item> items, Instant now) {
        long first = items.get(0).sequence();
        Row row = new Row(stream, first, items, 0, 0, null, false, 0);
        Stored before = rows(stream).put(first, new Stored(row, now.plus(GRACE)));
        if (before != null) {
            throw new IllegalStateException("row " + first + " of " + stream + " is written twice");
        }
    }

    @Override
    public synchronized Reading read(StreamRef stream, int limit) {
        List<Row> unfinished = new ArrayList<>();
        Redriven redriven = rows(stream).values().stream()
                .flatMap(stored -> stored.redriven.values().stream())
                .findFirst()
                .orElse(null);
        long expected = 1;
        boolean afterDead = false;
        for (Stored stored : rows(stream).values()) {
            if (hidden.contains(stored)) {
                continue;
            }
            if (stored.row.firstSequence() != expected) {
                return new Reading(unfinished, true, afterDead, redriven);
            }
            expected = stored.row.nextSequence();
            for (Item item : unfinished.isEmpty() ? stored.row.items() : List.<Item>of()) {
                afterDead = stored.attempts.stream()
                        .filter(attempt -> attempt.sequence() == item.sequence()
                                && attempt.outcome().isLast())
                        .findFirst()
                        .map(attempt -> attempt.outcome() == Attempt.Outcome.DEAD)
                        .orElse(afterDead);
            }
            if (!stored.row.isFinished()) {
                unfinished.add(stored.row);
            }
            if (unfinished.size() == limit) {
                break;
            }
        }
        return new Reading(unfinished, false, afterDead, redriven);
    }

    @Override
    public synchronized Optional<Row> advance(Row row, int done, List<Attempt> attempts, Instant now) {
        checkAdvance(row, done, attempts);
        return current(row).map(stored -> {
            boolean finished = done == row.items().size();
            stored.dueAt = finished && stored.redriven.isEmpty() ? null : now.plus(GRACE);
            return step(stored, attempts, done, 0, null);
        });
    }

    @Override
    public synchronized Optional<Row> postpone(Row row, Attempt attempt, Instant nextAttempt) {
        if (attempt.outcome() != Attempt.Outcome.FAILED || attempt.sequence() != row.firstSequence() + row.done()) {
            throw new IllegalArgumentException("not a failure of the first unfinished effect: " + attempt);
        }
        return current(row).map(stored -> {
            stored.dueAt = (stored.redriven.isEmpty() ? nextAttempt : attempt.at()).plus(GRACE);
            return step(stored, List.of(attempt), row.done(), row.attemptsInARow() + 1, nextAttempt);
        });
    }

    @Override
    public synchronized boolean settle(Redriven letter, Attempt attempt, Instant now) {
        if (attempt.outcome() == Attempt.Outcome.FAILED) {
            throw new IllegalArgumentException("not the end of it: " + attempt);
        }
        return change(letter, attempt, null, now);
    }

    @Override
    public synchronized boolean postpone(Redriven letter, Attempt attempt, Instant nextAttempt) {
        if (attempt.outcome() != Attempt.Outcome.FAILED) {
            throw new IllegalArgumentException("not a failure: " + attempt);
        }
        return change(letter, attempt, nextAttempt, attempt.at());
    }

    private boolean change(Redriven letter, Attempt attempt, @Nullable Instant nextAttempt, Instant now) {
        long sequence = letter.event().sequence();
        Stored stored = rows(letter.stream()).get(letter.firstSequence());
        if (attempt.sequence() != sequence) {
            throw new IllegalArgumentException("not an attempt at it: " + attempt);
        }
        if (stored == null || !letter.equals(stored.redriven.get(sequence))) {
            return false;
        }
        stored.redriven.remove(sequence);
        if (nextAttempt != null) {
            stored.redriven.put(
                    sequence,
                    new Redriven(
                            letter.stream(),
                            letter.firstSequence(),
                            letter.event(),
                            letter.since(),
                            letter.attemptsInARow() + 1,
                            nextAttempt));
        }
        touch(stored, List.of(attempt), now);
        return true;
    }

    /** Lets a letter be sent again, if it still is one. */
    synchronized DeadLetters.Redrive redrive(DeadLetterId id, Instant now, boolean repeated) {
        Stored stored = rows(id.stream()).get(id.firstSequence());
        Optional<Item> item = stored == null
                ? Optional.empty()
                : stored.row.items().stream()
                        .filter(one -> one.sequence() == id.sequence())
                        .findFirst();
        if (stored == null || item.isEmpty()) {
            return new DeadLetters.Redrive.Unknown();
        }
        if (!stored.redriven.containsKey(id.sequence())) {
            Instant deadAt = stored.deadAt(item.get());
            if (deadAt == null || !deadAt.plus(DeadLetters.KEPT).isAfter(now)) {
                return new DeadLetters.Redrive.Unknown();
            }
            if (stored.attempts.size() + 25 * (stored.redriven.size() + 1) > 600) {
                return new DeadLetters.Redrive.LogFull();
            }
            stored.redriven.put(id.sequence(), new Redriven(id.stream(), id.firstSequence(), item.get(), now, 0, null));
            touch(stored, List.of(), now);
        }
        return repeated ? new DeadLetters.Redrive.Repeated() : new DeadLetters.Redrive.Waiting(id.stream());
    }

    private static void touch(Stored stored, List<Attempt> attempts, Instant now) {
        Row row = stored.row;
        step(stored, attempts, row.done(), row.attemptsInARow(), row.nextAttempt());
        stored.dueAgain(now);
    }

    /** Every dead letter: those of the row that was longest without a further one first. */
    synchronized List<DeadLetters.Letter> letters(Instant now) {
        record Dead(Instant last, List<DeadLetters.Letter> letters) {}
        List<Dead> rows = new ArrayList<>();
        streams.values().stream().flatMap(all -> all.values().stream()).forEach(stored -> {
            List<DeadLetters.Letter> letters = letters(stored);
            letters.stream()
                    .map(DeadLetters.Letter::deadAt)
                    .max(Comparator.naturalOrder())
                    .ifPresent(last -> rows.add(new Dead(last, letters)));
        });
        return rows.stream()
                .sorted(Comparator.comparing(Dead::last))
                .flatMap(dead -> dead.letters().stream())
                .filter(letter -> letter.deadAt().plus(DeadLetters.KEPT).isAfter(now))
                .toList();
    }

    private static List<DeadLetters.Letter> letters(Stored stored) {
        List<DeadLetters.Letter> letters = new ArrayList<>();
        StreamRef stream = stored.row.stream();
        for (Item item : stored.row.items()) {
            Instant deadAt = stored.deadAt(item);
            if (deadAt != null && item.destination() != null) {
                letters.add(new DeadLetters.Letter(
                        new DeadLetterId(stream, stored.row.firstSequence(), item.sequence()).text(),
                        stream,
                        item,
                        Details.withoutSecrets(item.destination()),
                        deadAt,
                        stored.attempts.stream()
                                .filter(attempt -> attempt.sequence() == item.sequence())
                                .toList()));
            }
        }
        return letters;
    }

    @Override
    public synchronized Optional<Row> hold(Row row, @Nullable Attempt note, Instant until) {
        if (note != null && note.outcome() != Attempt.Outcome.HELD) {
            throw new IllegalArgumentException("not a note about a wait: " + note);
        }
        return current(row).map(stored -> {
            stored.dueAt = until.plus(GRACE);
            List<Attempt> notes = note == null ? List.of() : List.of(note);
            return step(stored, notes, row.done(), row.attemptsInARow(), until);
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

    /** Writes something into a row's effects that no version knows. */
    public synchronized void spoil(StreamRef stream, long firstSequence) {
        Stored stored = Objects.requireNonNull(rows(stream).get(firstSequence), "no such row");
        Row row = stored.row;
        List<Item> spoilt = row.items().stream()
                .map(item -> new Item(
                        item.sequence(),
                        item.id(),
                        item.type(),
                        item.destination(),
                        item.occurredAt(),
                        item.notAfter(),
                        "{\"command\":{\"type\":\"Unheard\",\"number\":\"+15555550100\"}}"))
                .toList();
        stored.row = new Row(
                stream,
                row.firstSequence(),
                spoilt,
                row.done(),
                row.attemptsInARow(),
                row.nextAttempt(),
                row.redriven(),
                row.revision());
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
                row.stream(),
                row.firstSequence(),
                row.items(),
                done,
                attemptsInARow,
                nextAttempt,
                !stored.redriven.isEmpty(),
                row.revision() + 1);
        return stored.row;
    }

    private Map<Long, Stored> rows(StreamRef stream) {
        return streams.computeIfAbsent(stream, s -> new TreeMap<>());
    }
}
