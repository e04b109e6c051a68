package io.ringback.aws.dynamodb;

import io.ringback.core.decision.Target;
import io.ringback.core.port.Details;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Redriven;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * {@code OUT#<serverCallId>#<target>} / {@code <12-digit first sequence>}: all effects of one commit for one target, or
 * as many as fit ({@link EffectRow}), and what became of each attempt at them: the delivery log.
 */
final class OutboxRow {
    /** A consumer that does not come back has so long after the planned attempt before the sweeper pokes. */
    static final Duration GRACE = Duration.ofSeconds(30);

    static final String REVISION = "revision";
    /** Tells the update that wrote the revision from any other that wanted it. */
    static final String UPDATE_ID = "updateId";

    private static final String PREFIX = "OUT#";
    static final int DEAD_SHARDS = 4;

    static final String ITEMS = "items";
    static final String DETAILS = "details";
    static final String ATTEMPTS = "attempts";
    static final String REDRIVEN = "redriven";

    private static final String DONE = "done";
    private static final String ATTEMPTS_IN_A_ROW = "attemptsInARow";
    private static final String NEXT_ATTEMPT = "nextAttempt";

    private OutboxRow() {}

    static String partition(StreamRef stream) {
        return PREFIX + stream.serverCallId() + "#" + stream.target().key();
    }

    static String sort(long firstSequence) {
        return String.format(Locale.ROOT, "%012d", firstSequence);
    }

    /** The stream of a row of which only the keys are there. */
    static StreamRef stream(Map<String, AttributeValue> keys) {
        return stream(new ItemReader(keys).text(TableSchema.PARTITION_KEY));
    }

    /** The stream whose partition key this is. */
    static StreamRef stream(String partition) {
        int end = partition.indexOf('#', PREFIX.length());
        if (!partition.startsWith(PREFIX) || end < 0) {
            throw new IllegalStateException("not the key of a stream: " + partition);
        }
        return new StreamRef(partition.substring(PREFIX.length(), end), new Target(partition.substring(end + 1)));
    }

    static Map<String, AttributeValue> key(StreamRef stream, long firstSequence) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, partition(stream))
                .text(TableSchema.SORT_KEY, sort(firstSequence))
                .item();
    }

    static String dueShard(int shard) {
        return "DUE#" + shard;
    }

    static String deadShard(int shard) {
        return "DEAD#" + shard;
    }

    /**
     * A fresh row: due from 30 s after the commit, if the poke should get lost.
     *
     * @param details of each item, for the timeline
     */
    static Map<String, AttributeValue> format(
            StreamRef stream, List<Outbox.Item> items, List<Map<String, String>> details, Instant now) {
        Map<String, AttributeValue> row = new ItemWriter()
                .list(ITEMS, items, EffectFormat::item)
                .list(DETAILS, details, ValueFormat::details)
                .number(DONE, 0)
                .number(ATTEMPTS_IN_A_ROW, 0)
                .number(REVISION, 0)
                .text(TableSchema.DUE_SHARD, dueShard(stream))
                .instant(TableSchema.DUE_AT, now.plus(GRACE))
                .item();
        row.putAll(key(stream, items.get(0).sequence()));
        return row;
    }

    static Outbox.Row parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        return new Outbox.Row(
                stream(reader.text(TableSchema.PARTITION_KEY)),
                Long.parseLong(reader.text(TableSchema.SORT_KEY)),
                reader.list(ITEMS, EffectFormat::item),
                reader.integer(DONE),
                reader.integer(ATTEMPTS_IN_A_ROW),
                reader.optionalInstant(NEXT_ATTEMPT),
                reader.has(REDRIVEN),
                reader.number(REVISION));
    }

    /** Every attempt at every effect of the row, in order. */
    static List<Attempt> attempts(Map<String, AttributeValue> item) {
        return new ItemReader(item).list(ATTEMPTS, EffectFormat::attempt);
    }

    /** What of the row waits to be sent again, by number. */
    static List<Redriven> redriven(Map<String, AttributeValue> item, Outbox.Row row) {
        return new ItemReader(item).list(REDRIVEN, value -> EffectFormat.redriven(value, row));
    }

    /** What the row's effects were and what became of each; the row needs no more than its items, details, attempts. */
    static List<Sent> sent(Map<String, AttributeValue> row, Target target, long version, Instant at) {
        ItemReader reader = new ItemReader(row);
        List<Map<String, String>> details = reader.list(DETAILS, ValueFormat::details);
        List<Attempt> attempts = reader.list(ATTEMPTS, EffectFormat::attempt);
        List<Sent> sent = new ArrayList<>();
        for (Outbox.Item item : reader.list(ITEMS, EffectFormat::item)) {
            sent.add(new Sent(
                    version,
                    at,
                    target,
                    item.sequence(),
                    item.id(),
                    item.type(),
                    item.destination() == null ? null : Details.withoutSecrets(item.destination()),
                    sent.size() < details.size() ? details.get(sent.size()) : Map.of(),
                    attempts.stream()
                            .filter(attempt -> attempt.sequence() == item.sequence())
                            .toList()));
        }
        return sent;
    }

    /**
     * How the last finished effect of a row ended when its turn came, whatever became of it when it was sent again; null
     * while none is finished.
     */
    static Attempt.@Nullable Outcome lastOutcome(Map<String, AttributeValue> item) {
        Attempt.Outcome last = null;
        long highest = 0;
        for (AttributeValue value : new ItemReader(item).list(ATTEMPTS, value -> value)) {
            ItemReader attempt = ItemReader.of(value);
            Attempt.Outcome outcome = attempt.constant("outcome", Attempt.Outcome.class);
            long sequence = attempt.number("sequence");
            if (outcome.isLast() && sequence > highest) {
                last = outcome;
                highest = sequence;
            }
        }
        return last;
    }

    /** The first {@code done} effects are finished. */
    static ItemUpdate advance(Outbox.Row row, int done, List<Attempt> attempts, Instant now, Duration retention) {
        ItemUpdate update = step(row, attempts)
                .set(DONE, ItemUpdate.number(done))
                .set(ATTEMPTS_IN_A_ROW, ItemUpdate.number(0))
                .remove(NEXT_ATTEMPT);
        boolean dead = attempts.stream().anyMatch(attempt -> attempt.outcome() == Attempt.Outcome.DEAD);
        if (dead) {
            setDead(update, row.stream(), now);
        }
        if (done < row.items().size() || row.redriven()) {
            return update.set(TableSchema.DUE_AT, instant(now.plus(GRACE)));
        }
        Instant end = dead ? Retention.ofDeadRow(now, retention) : Retention.ofRow(now, retention);
        return update.set("finishedAt", instant(now))
                .set(TableSchema.EXPIRES_AT, ItemUpdate.number(end.getEpochSecond()))
                .remove(TableSchema.DUE_SHARD, TableSchema.DUE_AT);
    }

    /** The first unfinished effect has to wait. */
    static ItemUpdate postpone(Outbox.Row row, Attempt attempt, Instant nextAttempt) {
        return step(row, List.of(attempt))
                .set(ATTEMPTS_IN_A_ROW, ItemUpdate.number(row.attemptsInARow() + 1))
                .set(NEXT_ATTEMPT, instant(nextAttempt))
                .set(TableSchema.DUE_AT, instant((row.redriven() ? attempt.at() : nextAttempt).plus(GRACE)));
    }

    /** The first unfinished effect has to wait, and nothing was attempted. */
    static ItemUpdate hold(Outbox.Row row, List<Attempt> note, Instant until) {
        return step(row, note).set(NEXT_ATTEMPT, instant(until)).set(TableSchema.DUE_AT, instant(until.plus(GRACE)));
    }

    static void setDue(ItemUpdate update, StreamRef stream, Instant at) {
        update.set(TableSchema.DUE_SHARD, AttributeValue.fromS(dueShard(stream)))
                .set(TableSchema.DUE_AT, instant(at));
    }

    /** @param at when the row's last dead letter was given up */
    static void setDead(ItemUpdate update, StreamRef stream, Instant at) {
        int shard = Math.floorMod(partition(stream).hashCode(), DEAD_SHARDS);
        update.set(TableSchema.DEAD_SHARD, AttributeValue.fromS(deadShard(shard)))
                .set(TableSchema.DEAD_AT, instant(at));
    }

    static void setRedriven(ItemUpdate update, List<Redriven> waiting) {
        if (waiting.isEmpty()) {
            update.remove(REDRIVEN);
        } else {
            update.set(
                    REDRIVEN,
                    AttributeValue.fromL(
                            waiting.stream().map(EffectFormat::redriven).toList()));
        }
    }

    /** The row's next revision, with these attempts. */
    static ItemUpdate step(Outbox.Row row, List<Attempt> attempts) {
        ItemUpdate update = new ItemUpdate().set(REVISION, ItemUpdate.number(row.revision() + 1));
        return attempts.isEmpty()
                ? update
                : update.append(
                        ATTEMPTS, attempts.stream().map(EffectFormat::attempt).toList());
    }

    /** The write of this update, if the row is still the one that was read. */
    static Update next(String table, Outbox.Row read, ItemUpdate update) {
        String condition = update.name(REVISION) + " = " + update.value("read", ItemUpdate.number(read.revision()));
        return Update.builder()
                .tableName(table)
                .key(key(read.stream(), read.firstSequence()))
                .updateExpression(update.expression())
                .conditionExpression(condition)
                .expressionAttributeNames(update.names())
                .expressionAttributeValues(update.values())
                .build();
    }

    private static String dueShard(StreamRef stream) {
        return dueShard(Math.floorMod(partition(stream).hashCode(), Outbox.DUE_SHARDS));
    }

    private static AttributeValue instant(Instant value) {
        return AttributeValue.fromS(ItemWriter.format(value));
    }
}
