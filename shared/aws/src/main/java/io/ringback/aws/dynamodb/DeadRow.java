package io.ringback.aws.dynamodb;

import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.Outbox.Redriven;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An outbox row with what became of each effect. One whose last outcome is DEAD is a dead letter, unless it stands among
 * those that wait to be sent again; the row is in the index of dead letters as long as it has one. Each change is an
 * update of this revision of the row.
 *
 * @param redriven what waits to be sent again, by number
 */
record DeadRow(Outbox.Row row, List<Attempt> attempts, List<Redriven> redriven) {
    /** Attempts that a row has at most: with the longest details they and the events fit an item. */
    static final int MOST_ATTEMPTS = 600;

    /** Attempts that the schedule makes in the hour after a redrive, with room for some that a crash repeats. */
    static final int ATTEMPTS_OF_A_REDRIVE = 25;

    static DeadRow parse(Map<String, AttributeValue> item) {
        Outbox.Row row = OutboxRow.parse(item);
        return new DeadRow(row, OutboxRow.attempts(item), OutboxRow.redriven(item, row));
    }

    Optional<Item> item(long sequence) {
        return row.items().stream().filter(item -> item.sequence() == sequence).findFirst();
    }

    /** When the effect was last given up; null when it is no dead letter. */
    @Nullable
    Instant deadAt(long sequence) {
        return waits(sequence).isPresent() ? null : lastGivenUp(sequence);
    }

    /** The effect's wait to be sent again. */
    Optional<Redriven> waits(long sequence) {
        return redriven.stream()
                .filter(waiting -> waiting.event().sequence() == sequence)
                .findFirst();
    }

    List<Attempt> attempts(long sequence) {
        return attempts.stream()
                .filter(attempt -> attempt.sequence() == sequence)
                .toList();
    }

    /** Whether the log has room for what a further redrive may add. */
    boolean hasRoom() {
        return attempts.size() + (redriven.size() + 1) * ATTEMPTS_OF_A_REDRIVE <= MOST_ATTEMPTS;
    }

    /** The letter waits from now on; the row expires no more. */
    ItemUpdate redrive(Item letter, Instant now) {
        Redriven waiting = new Redriven(row.stream(), row.firstSequence(), letter, now, 0, null);
        List<Redriven> more = Stream.concat(redriven.stream(), Stream.of(waiting))
                .sorted((one, other) ->
                        Long.compare(one.event().sequence(), other.event().sequence()))
                .toList();
        return with(attempts, more).update(List.of(), now).remove(TableSchema.EXPIRES_AT);
    }

    /** The letter waits no more. */
    ItemUpdate settle(Redriven waiting, Attempt attempt, Instant now, Duration retention) {
        DeadRow after = with(added(attempt), without(waiting));
        ItemUpdate update = after.update(List.of(attempt), now);
        return after.isDue()
                ? update
                : update.set(
                        TableSchema.EXPIRES_AT,
                        ItemUpdate.number(Retention.ofDeadRow(now, retention).getEpochSecond()));
    }

    /** The letter waits for its next attempt. */
    ItemUpdate postpone(Redriven waiting, Attempt attempt, Instant nextAttempt) {
        Redriven later = new Redriven(
                waiting.stream(),
                waiting.firstSequence(),
                waiting.event(),
                waiting.since(),
                waiting.attemptsInARow() + 1,
                nextAttempt);
        return with(
                        added(attempt),
                        redriven.stream()
                                .map(one -> one.equals(waiting) ? later : one)
                                .toList())
                .update(List.of(attempt), attempt.at());
    }

    /** Whether nothing else of this row waits to be sent again. */
    boolean isLast(Redriven waiting) {
        return redriven.equals(List.of(waiting));
    }

    private boolean isDue() {
        return !row.isFinished() || !redriven.isEmpty();
    }

    private DeadRow with(List<Attempt> log, List<Redriven> waiting) {
        return new DeadRow(row, log, waiting);
    }

    private List<Attempt> added(Attempt attempt) {
        return Stream.concat(attempts.stream(), Stream.of(attempt)).toList();
    }

    private List<Redriven> without(Redriven waiting) {
        return redriven.stream().filter(one -> !one.equals(waiting)).toList();
    }

    /** Makes the item say what this row says, with these new attempts. */
    private ItemUpdate update(List<Attempt> news, Instant now) {
        ItemUpdate update = OutboxRow.step(row, news);
        OutboxRow.setRedriven(update, redriven);
        Optional<Instant> dead = row.items().stream()
                .flatMap(item -> Stream.ofNullable(deadAt(item.sequence())))
                .max(Instant::compareTo);
        dead.ifPresentOrElse(
                at -> OutboxRow.setDead(update, row.stream(), at),
                () -> update.remove(TableSchema.DEAD_SHARD, TableSchema.DEAD_AT));
        if (isDue()) {
            OutboxRow.setDue(update, row.stream(), due(now));
        } else {
            update.remove(TableSchema.DUE_SHARD, TableSchema.DUE_AT);
        }
        return update;
    }

    /** When the sweeper is to poke: the row for its effects, or for the first letter that waits. */
    private Instant due(Instant now) {
        List<Instant> due = new ArrayList<>();
        if (!row.isFinished()) {
            due.add((row.nextAttempt() == null ? now : row.nextAttempt()).plus(OutboxRow.GRACE));
        }
        if (!redriven.isEmpty()) {
            Instant next = redriven.get(0).nextAttempt();
            // No message is kept back for it for longer than a moment: the sweeper is what wakes it.
            due.add(next == null ? now.plus(OutboxRow.GRACE) : next);
        }
        return due.stream().min(Instant::compareTo).orElseThrow();
    }

    private @Nullable Instant lastGivenUp(long sequence) {
        Instant givenUp = null;
        for (Attempt attempt : attempts(sequence)) {
            if (attempt.outcome().isLast()) {
                givenUp = attempt.outcome() == Attempt.Outcome.DEAD ? attempt.at() : null;
            }
        }
        return givenUp;
    }

    /** How long letters are kept; an older one is none any more, whatever the row's expiry. */
    static boolean isKept(Instant deadAt, Instant now) {
        return deadAt.plus(DeadLetters.KEPT).isAfter(now);
    }
}
