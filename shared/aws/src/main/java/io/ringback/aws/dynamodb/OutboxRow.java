package io.ringback.aws.dynamodb;

import io.ringback.core.decision.Target;
import io.ringback.core.port.Details;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines.Sent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@code OUT#<serverCallId>#<target>} / {@code <12-digit first sequence>}: all effects of one commit for one target, and
 * what became of each attempt at them: the delivery log.
 */
final class OutboxRow {
    /** A consumer that does not come back has so long after the planned attempt before the sweeper pokes. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    static final String REVISION = "revision";
    /** Tells the update that wrote the revision from any other that wanted it. */
    static final String UPDATE_ID = "updateId";

    private static final String PREFIX = "OUT#";
    private static final int DEAD_SHARDS = 4;

    static final String ITEMS = "items";
    static final String DETAILS = "details";
    static final String ATTEMPTS = "attempts";

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

    /** The stream whose partition key this is. */
    static StreamRef stream(String partition) {
        int end = partition.indexOf('#', PREFIX.length());
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

    /**
     * A fresh row: due from 30 s after the commit, if the poke should get lost.
     *
     * @param details of each item, for the timeline
     */
    static Map<String, AttributeValue> format(
            StreamRef stream, List<Outbox.Item> items, List<Map<String, String>> details, Instant now) {
        Map<String, AttributeValue> row = new ItemWriter()
                .list(ITEMS, items, OutboxRow::item)
                .list(DETAILS, details, ValueFormat::details)
                .number(DONE, 0)
                .number(ATTEMPTS_IN_A_ROW, 0)
                .number(REVISION, 0)
                .text(
                        TableSchema.DUE_SHARD,
                        dueShard(Math.floorMod(partition(stream).hashCode(), Outbox.DUE_SHARDS)))
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
                reader.list(ITEMS, OutboxRow::item),
                reader.integer(DONE),
                reader.integer(ATTEMPTS_IN_A_ROW),
                reader.optionalInstant(NEXT_ATTEMPT),
                reader.number(REVISION));
    }

    /** What the row's effects were and what became of each; the row needs no more than its items, details, attempts. */
    static List<Sent> sent(Map<String, AttributeValue> row, Target target, long version, Instant at) {
        ItemReader reader = new ItemReader(row);
        List<Map<String, String>> details = reader.list(DETAILS, ValueFormat::details);
        List<Attempt> attempts = reader.list(ATTEMPTS, OutboxRow::attempt);
        List<Sent> sent = new ArrayList<>();
        for (Outbox.Item item : reader.list(ITEMS, OutboxRow::item)) {
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

    /** How the last finished effect of a row ended; null while none is. */
    static Attempt.@Nullable Outcome lastOutcome(Map<String, AttributeValue> item) {
        Attempt.Outcome last = null;
        for (AttributeValue attempt : new ItemReader(item).list(ATTEMPTS, value -> value)) {
            Attempt.Outcome outcome = ItemReader.of(attempt).constant("outcome", Attempt.Outcome.class);
            last = outcome == Attempt.Outcome.FAILED ? last : outcome;
        }
        return last;
    }

    /** The first {@code done} effects are finished. */
    static ItemUpdate advance(Outbox.Row row, int done, List<Attempt> attempts, Instant now, Duration retention) {
        ItemUpdate update = step(row, attempts)
                .set(DONE, number(done))
                .set(ATTEMPTS_IN_A_ROW, number(0))
                .remove(NEXT_ATTEMPT);
        boolean dead = attempts.stream().anyMatch(attempt -> attempt.outcome() == Attempt.Outcome.DEAD);
        if (dead) {
            int shard = Math.floorMod(partition(row.stream()).hashCode(), DEAD_SHARDS);
            update.set(TableSchema.DEAD_SHARD, AttributeValue.fromS("DEAD#" + shard))
                    .set(TableSchema.DEAD_AT, instant(now));
        }
        if (done < row.items().size()) {
            return update.set(TableSchema.DUE_AT, instant(now.plus(GRACE)));
        }
        Instant end = dead ? Retention.ofDeadRow(now, retention) : Retention.ofRow(now, retention);
        return update.set("finishedAt", instant(now))
                .set(TableSchema.EXPIRES_AT, number(end.getEpochSecond()))
                .remove(TableSchema.DUE_SHARD, TableSchema.DUE_AT);
    }

    /** The first unfinished effect has to wait. */
    static ItemUpdate postpone(Outbox.Row row, Attempt attempt, Instant nextAttempt) {
        return step(row, List.of(attempt))
                .set(ATTEMPTS_IN_A_ROW, number(row.attemptsInARow() + 1))
                .set(NEXT_ATTEMPT, instant(nextAttempt))
                .set(TableSchema.DUE_AT, instant(nextAttempt.plus(GRACE)));
    }

    private static ItemUpdate step(Outbox.Row row, List<Attempt> attempts) {
        return new ItemUpdate()
                .append(ATTEMPTS, attempts.stream().map(OutboxRow::attempt).toList())
                .set(REVISION, number(row.revision() + 1));
    }

    private static AttributeValue item(Outbox.Item item) {
        return new ItemWriter()
                .number("sequence", item.sequence())
                .text("id", item.id())
                .text("type", item.type())
                .text(
                        "destination",
                        item.destination() == null ? null : item.destination().toString())
                .instant("occurredAt", item.occurredAt())
                .instant("notAfter", item.notAfter())
                .text("body", item.body())
                .map();
    }

    private static Outbox.Item item(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        String destination = map.optionalText("destination");
        return new Outbox.Item(
                map.number("sequence"),
                map.text("id"),
                map.text("type"),
                destination == null ? null : URI.create(destination),
                map.instant("occurredAt"),
                map.instant("notAfter"),
                map.text("body"));
    }

    private static AttributeValue attempt(Attempt attempt) {
        return new ItemWriter()
                .number("sequence", attempt.sequence())
                .instant("at", attempt.at())
                .constant("outcome", attempt.outcome())
                .number("status", attempt.status())
                .text("detail", attempt.detail())
                .map();
    }

    private static Attempt attempt(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Attempt(
                map.number("sequence"),
                map.instant("at"),
                map.constant("outcome", Attempt.Outcome.class),
                map.integer("status"),
                map.text("detail"));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static AttributeValue instant(Instant value) {
        return AttributeValue.fromS(ItemWriter.format(value));
    }
}
