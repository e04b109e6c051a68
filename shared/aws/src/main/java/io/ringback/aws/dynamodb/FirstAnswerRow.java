package io.ringback.aws.dynamodb;

import io.ringback.core.decision.Target;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.StreamRef;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** {@code IDEM#<hash of the request>} / {@code #}: what a request was answered that may come again. */
final class FirstAnswerRow {
    /** Tells the transaction that wrote the row from any other of the same request. */
    private static final String COMMIT_ID = "commitId";

    private static final String PREFIX = "IDEM#";
    private static final String SORT = "#";

    private FirstAnswerRow() {}

    static Map<String, AttributeValue> key(String request) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, PREFIX + request)
                .text(TableSchema.SORT_KEY, SORT)
                .item();
    }

    /** Writes it if there is none, or one that has expired; else shows the one there is. */
    static TransactWriteItem insert(String table, FirstAnswer answer, String commitId) {
        ItemUpdate placeholders = new ItemUpdate();
        String condition = "attribute_not_exists(" + TableSchema.PARTITION_KEY + ") OR "
                + placeholders.name(TableSchema.EXPIRES_AT) + " < "
                + placeholders.value("now", seconds(answer.at()));
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table)
                        .item(format(answer, commitId))
                        .conditionExpression(condition)
                        .expressionAttributeNames(placeholders.names())
                        .expressionAttributeValues(placeholders.values())
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    static FirstAnswer parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        return new FirstAnswer(
                reader.text(TableSchema.PARTITION_KEY).substring(PREFIX.length()),
                reader.text("content"),
                reader.text("sealed"),
                reader.list("streams", FirstAnswerRow::stream),
                reader.instant("at"),
                Instant.ofEpochSecond(reader.number(TableSchema.EXPIRES_AT)));
    }

    /** Whether an item that a transaction met is such a row. */
    static boolean isOne(Map<String, AttributeValue> item) {
        AttributeValue key = item.get(TableSchema.PARTITION_KEY);
        return key != null && key.s().startsWith(PREFIX);
    }

    static boolean isOf(String commitId, Map<String, AttributeValue> item) {
        return commitId.equals(new ItemReader(item).text(COMMIT_ID));
    }

    private static Map<String, AttributeValue> format(FirstAnswer answer, String commitId) {
        Map<String, AttributeValue> item = new ItemWriter()
                .text(COMMIT_ID, commitId)
                .text("content", answer.content())
                .text("sealed", answer.sealed())
                .list("streams", answer.streams(), FirstAnswerRow::stream)
                .instant("at", answer.at())
                .value(TableSchema.EXPIRES_AT, answer.expiresAt(), FirstAnswerRow::seconds)
                .item();
        item.putAll(key(answer.request()));
        return item;
    }

    private static AttributeValue seconds(Instant instant) {
        return AttributeValue.fromN(Long.toString(instant.getEpochSecond()));
    }

    private static AttributeValue stream(StreamRef stream) {
        return new ItemWriter()
                .text("call", stream.serverCallId())
                .text("target", stream.target().key())
                .map();
    }

    private static StreamRef stream(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new StreamRef(map.text("call"), new Target(map.text("target")));
    }
}
