package io.ringback.aws.dynamodb;

import io.ringback.core.port.CallLog.Question;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads the log of one day, newest first: merges its four keys, each a few entries at a time. */
final class DayReader {
    /** How many entries a query reads. */
    static final int BATCH = 50;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final LocalDate day;
    private final String first;
    private final String last;
    private final Shard[] shards = new Shard[LogEntry.SHARDS];
    private int queries;

    /** One key of the day. */
    private final class Shard {
        private final int number;
        private final Deque<Map<String, AttributeValue>> ahead = new ArrayDeque<>();
        private LogPosition.Shard position;
        private Map<String, AttributeValue> readUpTo;
        private boolean exhausted;

        Shard(int number, LogPosition.Shard position) {
            this.number = number;
            this.position = position;
            this.readUpTo = position.key(day, number);
            this.exhausted = position.isDone() || first.compareTo(last) > 0;
        }

        void fill() {
            if (!ahead.isEmpty() || exhausted) {
                return;
            }
            queries++;
            QueryResponse response = dynamoDb.query(query());
            ahead.addAll(response.items());
            readUpTo = response.lastEvaluatedKey();
            exhausted = !response.hasLastEvaluatedKey();
        }

        @Nullable
        String next() {
            Map<String, AttributeValue> head = ahead.peek();
            return head == null ? null : new ItemReader(head).text(TableSchema.STARTED_AT);
        }

        Map<String, AttributeValue> take() {
            Map<String, AttributeValue> head = ahead.remove();
            position = LogPosition.Shard.behind(head);
            return head;
        }

        LogPosition.Shard position() {
            return exhausted && ahead.isEmpty() ? LogPosition.Shard.DONE : position;
        }

        private QueryRequest query() {
            return QueryRequest.builder()
                    .tableName(table)
                    .indexName(TableSchema.DAY_INDEX)
                    .keyConditionExpression(
                            TableSchema.LOG_DAY + " = :day AND " + TableSchema.STARTED_AT + " BETWEEN :first AND :last")
                    .expressionAttributeValues(Map.of(
                            ":day", AttributeValue.fromS(LogEntry.day(day, number)),
                            ":first", AttributeValue.fromS(first),
                            ":last", AttributeValue.fromS(last)))
                    .scanIndexForward(false)
                    .limit(BATCH)
                    .exclusiveStartKey(readUpTo.isEmpty() ? null : readUpTo)
                    .build();
        }
    }

    DayReader(DynamoDbClient dynamoDb, String table, LogPosition position, Question question) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.day = position.day();
        Instant dawn = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant midnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant from = question.from();
        Instant to = question.to();
        this.first = ItemWriter.format(from == null || from.isBefore(dawn) ? dawn : from);
        this.last = ItemWriter.format((to == null || to.isAfter(midnight) ? midnight : to).minusNanos(1));
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new Shard(i, position.shards().get(i));
        }
    }

    /** How many queries it has made. */
    int queries() {
        return queries;
    }

    /** How many it needs to say what comes next, at most. */
    int queriesForNext() {
        return (int) Arrays.stream(shards)
                .filter(shard -> shard.ahead.isEmpty() && !shard.exhausted)
                .count();
    }

    /** The next newest item; null when the day has no more. */
    @Nullable
    Map<String, AttributeValue> next() {
        Shard newest = null;
        for (Shard shard : shards) {
            shard.fill();
            String next = shard.next();
            if (next != null && (newest == null || newest.next() == null || next.compareTo(newest.next()) > 0)) {
                newest = shard;
            }
        }
        return newest == null ? null : newest.take();
    }

    /** Behind what was taken. */
    LogPosition position() {
        return new LogPosition(
                day, List.of(shards).stream().map(Shard::position).toList());
    }
}
