package io.ringback.aws.dynamodb;

import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * {@code OUT#<serverCallId>#<target>} / {@code CURSOR}: where reading a stream starts. Everything before it is
 * finished. Only an optimisation: a cursor that lags costs the reading of finished rows. Beside it stands which of the
 * rows have letters that wait to be sent again ({@link RedrivenRows}), so that reading the stream tells of them too.
 *
 * @param next the first sequence number that may be unfinished
 * @param afterDead whether the effect before it became a dead letter
 */
record CursorRow(long next, boolean afterDead) {
    private static final String SORT = "CURSOR";
    private static final String NEXT = "next";
    private static final String AFTER_DEAD = "afterDead";
    private static final String REDRIVEN = "redriven";

    /** Where a stream without a cursor starts. */
    static final CursorRow START = new CursorRow(1, false);

    static Map<String, AttributeValue> key(StreamRef stream) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, OutboxRow.partition(stream))
                .text(TableSchema.SORT_KEY, SORT)
                .item();
    }

    static CursorRow parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        return reader.has(NEXT) ? new CursorRow(reader.number(NEXT), reader.flag(AFTER_DEAD)) : START;
    }

    /** The first numbers of the stream's rows with letters that wait to be sent again, in order. */
    static List<Long> redriven(Map<String, AttributeValue> item) {
        AttributeValue marks = item.get(REDRIVEN);
        return marks == null
                ? List.of()
                : marks.ns().stream().map(Long::valueOf).sorted().toList();
    }

    /** Names a row that has letters to be sent again from now on. */
    static Update mark(String table, StreamRef stream, long row, Instant now, Duration retention) {
        return update(table, stream, expiring(now, retention).addToSet(REDRIVEN, row));
    }

    /** Names the row no more. */
    static Update unmark(String table, StreamRef stream, long row, Instant now, Duration retention) {
        return update(table, stream, expiring(now, retention).deleteFromSet(REDRIVEN, row));
    }

    /** Moves the cursor from there to here; refused when it is elsewhere, for nothing unfinished may be passed over. */
    UpdateItemRequest move(String table, StreamRef stream, long from, Instant now, Duration retention) {
        ItemUpdate update = expiring(now, retention)
                .setAll(new ItemWriter()
                        .number(NEXT, next)
                        .flag(AFTER_DEAD, afterDead)
                        .item());
        String name = update.name(NEXT);
        String condition = from == START.next
                ? "attribute_not_exists(" + name + ")"
                : name + " = " + update.value("from", AttributeValue.fromN(Long.toString(from)));
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(key(stream))
                .updateExpression(update.expression())
                .conditionExpression(condition)
                .expressionAttributeNames(update.names())
                .expressionAttributeValues(update.values())
                .build();
    }

    /** A cursor outlives every row that a letter may keep. */
    private static ItemUpdate expiring(Instant now, Duration retention) {
        return new ItemUpdate()
                .set(
                        TableSchema.EXPIRES_AT,
                        ItemUpdate.number(Retention.ofDeadRow(now, retention).getEpochSecond()));
    }

    private static Update update(String table, StreamRef stream, ItemUpdate update) {
        return Update.builder()
                .tableName(table)
                .key(key(stream))
                .updateExpression(update.expression())
                .expressionAttributeNames(update.names())
                .expressionAttributeValues(update.values())
                .build();
    }
}
