package io.ringback.aws.dynamodb;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads the keys of rows with dead letters, the longest dead first: merges the four keys of the index. */
final class DeadReader {
    /** How many keys a query reads. */
    private static final int BATCH = 100;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Instant oldest;
    private final Instant until;
    private final Shard[] shards = new Shard[OutboxRow.DEAD_SHARDS];
    private int queries;

    /** One key of the index. */
    private final class Shard {
        private final int number;
        private final Deque<Map<String, AttributeValue>> ahead = new ArrayDeque<>();
        private DeadPosition.Shard position;
        private Map<String, AttributeValue> readUpTo;
        private boolean exhausted;

        Shard(int number, DeadPosition.Shard position) {
            this.number = number;
            this.position = position;
            this.readUpTo = position.key(number);
            this.exhausted = position.isDone();
        }

        @Nullable
        String next() {
            while (ahead.isEmpty() && !exhausted) {
                queries++;
                QueryResponse response = dynamoDb.query(query());
                ahead.addAll(response.items());
                readUpTo = response.lastEvaluatedKey();
                exhausted = !response.hasLastEvaluatedKey();
            }
            return ahead.isEmpty() ? null : new ItemReader(ahead.element()).text(TableSchema.DEAD_AT);
        }

        void take() {
            position = DeadPosition.Shard.behind(ahead.remove());
        }

        DeadPosition.Shard position() {
            return exhausted && ahead.isEmpty() ? DeadPosition.Shard.DONE : position;
        }

        private QueryRequest query() {
            // A key to go on from has to lie between the bounds, and its letters may have grown too old meanwhile.
            Instant first = readUpTo.isEmpty() ? oldest : Instant.EPOCH;
            return QueryRequest.builder()
                    .tableName(table)
                    .indexName(TableSchema.DEAD_INDEX)
                    .keyConditionExpression(TableSchema.DEAD_SHARD + " = :shard AND " + TableSchema.DEAD_AT
                            + " BETWEEN :first AND :last")
                    .expressionAttributeValues(Map.of(
                            ":shard", AttributeValue.fromS(OutboxRow.deadShard(number)),
                            ":first", AttributeValue.fromS(ItemWriter.format(first)),
                            ":last", AttributeValue.fromS(ItemWriter.format(until))))
                    .limit(BATCH)
                    .exclusiveStartKey(readUpTo.isEmpty() ? null : readUpTo)
                    .build();
        }
    }

    /** @param oldest before it nothing is a letter any more */
    DeadReader(DynamoDbClient dynamoDb, String table, DeadPosition position, Instant oldest) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.oldest = oldest.isAfter(position.until()) ? position.until() : oldest;
        this.until = position.until();
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new Shard(i, position.shards().get(i));
        }
    }

    /** How many queries it has made. */
    int queries() {
        return queries;
    }

    /** The keys of the row that comes next; null when there is no more. It stays the next until it is taken. */
    @Nullable
    Map<String, AttributeValue> peek() {
        Shard oldestShard = first();
        return oldestShard == null ? null : oldestShard.ahead.element();
    }

    /** Goes behind the row that comes next. */
    void take() {
        Shard first = first();
        if (first == null) {
            throw new IllegalStateException("there is no more");
        }
        first.take();
    }

    /** Behind what was taken. */
    DeadPosition position(DeadPosition.Within within) {
        return new DeadPosition(
                until, Arrays.stream(shards).map(Shard::position).toList(), within);
    }

    private @Nullable Shard first() {
        Shard first = null;
        String firstDeath = null;
        for (Shard shard : shards) {
            String next = shard.next();
            if (next != null && (firstDeath == null || next.compareTo(firstDeath) < 0)) {
                first = shard;
                firstDeath = next;
            }
        }
        return first;
    }
}
