package io.ringback.aws.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Keys and indexes of the table. {@code template.yaml} declares the same; every key is a string, every index is sparse
 * (an item is in it only while it has its attributes). The call log's holds a call in one line, the others keys only.
 */
public final class TableSchema {
    static final String PARTITION_KEY = "pk";
    static final String SORT_KEY = "sk";

    /** When the item may go, in epoch seconds; the table's TTL attribute. Readers compare it themselves. */
    static final String EXPIRES_AT = "expiresAt";

    /** Outbox rows that are neither delivered nor dead: {@code DUE#0} to {@code DUE#15}, by {@code dueAt}. */
    static final String DUE_INDEX = "due";

    static final String DUE_SHARD = "dueShard";
    static final String DUE_AT = "dueAt";

    /** Calls that are not done with: gateway id, by {@code <epoch>#<serverCallId>}. */
    static final String GATEWAY_INDEX = "byGateway";

    static final String LIVE_ON = "liveOn";
    static final String LIVE_EPOCH = "liveEpoch";

    /** The call log: {@code LOG#<UTC day>#0} to {@code #3}, by {@code startedAt}. */
    static final String DAY_INDEX = "byDay";

    static final String LOG_DAY = "logDay";
    static final String STARTED_AT = "startedAt";
    static final String LOG_ENTRY = "logEntry";

    /** Outbox rows with a dead letter: {@code DEAD#0} to {@code DEAD#3}, by {@code deadAt}. */
    static final String DEAD_INDEX = "dead";

    static final String DEAD_SHARD = "deadShard";
    static final String DEAD_AT = "deadAt";

    /** Longest partition and sort keys that DynamoDB takes, in bytes of UTF-8. */
    private static final int LONGEST_PARTITION_KEY = 2048;

    private static final int LONGEST_SORT_KEY = 1024;

    private static final Projection KEYS_ONLY =
            Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();

    private TableSchema() {}

    /** Whether there can be such a partition; of one that cannot be, DynamoDB says that the request is wrong. */
    static boolean isPartitionKey(String text) {
        return isKey(text, LONGEST_PARTITION_KEY);
    }

    /** Whether an item can have this sort key. */
    static boolean isSortKey(String text) {
        return isKey(text, LONGEST_SORT_KEY);
    }

    private static boolean isKey(String text, int longest) {
        return !text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length <= longest;
    }

    /** The request that creates the table in an emulator; in the cloud the template does. */
    public static CreateTableRequest createTable(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(List.of(
                        string(PARTITION_KEY),
                        string(SORT_KEY),
                        string(DUE_SHARD),
                        string(DUE_AT),
                        string(LIVE_ON),
                        string(LIVE_EPOCH),
                        string(LOG_DAY),
                        string(STARTED_AT),
                        string(DEAD_SHARD),
                        string(DEAD_AT)))
                .keySchema(keys(PARTITION_KEY, SORT_KEY))
                .globalSecondaryIndexes(List.of(
                        index(DUE_INDEX, DUE_SHARD, DUE_AT),
                        index(GATEWAY_INDEX, LIVE_ON, LIVE_EPOCH),
                        index(DAY_INDEX, LOG_DAY, STARTED_AT, LOG_ENTRY),
                        index(DEAD_INDEX, DEAD_SHARD, DEAD_AT)))
                .build();
    }

    private static AttributeDefinition string(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static GlobalSecondaryIndex index(String name, String partitionKey, String sortKey, String... included) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(keys(partitionKey, sortKey))
                .projection(included.length == 0 ? KEYS_ONLY : including(included))
                .build();
    }

    private static Projection including(String... attributes) {
        return Projection.builder()
                .projectionType(ProjectionType.INCLUDE)
                .nonKeyAttributes(attributes)
                .build();
    }

    private static List<KeySchemaElement> keys(String partitionKey, String sortKey) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(partitionKey)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(sortKey)
                        .keyType(KeyType.RANGE)
                        .build());
    }
}
