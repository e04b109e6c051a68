package io.ringback.aws.dynamodb;

import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * {@code OUT#<serverCallId>#<target>} / {@code CURSOR}: where reading a stream starts. Everything before it is
 * finished. Only an optimisation: a cursor that lags costs the reading of finished rows.
 *
 * @param next the first sequence number that may be unfinished
 * @param afterDead whether the effect before it became a dead letter
 */
record CursorRow(long next, boolean afterDead) {
    private static final String SORT = "CURSOR";
    private static final String NEXT = "next";
    private static final String AFTER_DEAD = "afterDead";

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
        return new CursorRow(reader.number(NEXT), reader.flag(AFTER_DEAD));
    }

    /** Moves the cursor from there to here; refused when it is elsewhere, for nothing unfinished may be passed over. */
    UpdateItemRequest move(String table, StreamRef stream, long from, Instant now, Duration retention) {
        ItemUpdate update = new ItemUpdate()
                .setAll(new ItemWriter()
                        .number(NEXT, next)
                        .flag(AFTER_DEAD, afterDead)
                        .number(
                                TableSchema.EXPIRES_AT,
                                Retention.ofRow(now, retention).getEpochSecond())
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
}
