package io.ringback.aws.dynamodb;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import io.ringback.core.port.Registrations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Registrations in DynamoDB, a partition for each user. That a user has few contacts is kept by whoever adds one too
 * many and, exactly, by the reader.
 */
public final class DynamoRegistrations implements Registrations {
    /** Those that registered last come first. */
    private static final Comparator<Map<String, AttributeValue>> LATEST = Comparator.comparing(
                    (Map<String, AttributeValue> row) -> new ItemReader(row).text(RegistrationRow.REGISTERED_AT))
            .reversed()
            .thenComparing(row -> new ItemReader(row).text(TableSchema.SORT_KEY));

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    public DynamoRegistrations(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public void put(Registration registration) {
        Instant now = clock.instant();
        try {
            dynamoDb.putItem(put -> put.tableName(table)
                    .item(RegistrationRow.format(registration, now))
                    // RFC 3261 §10.3 step 7.
                    .conditionExpression("attribute_not_exists(" + TableSchema.PARTITION_KEY + ") OR "
                            + RegistrationRow.CALL_ID + " <> :callId OR " + RegistrationRow.CSEQ + " <= :cseq")
                    .expressionAttributeValues(Map.of(
                            ":callId", AttributeValue.fromS(registration.callId()),
                            ":cseq", AttributeValue.fromN(Long.toString(registration.cseq())))));
        } catch (ConditionalCheckFailedException e) {
            // A later REGISTER of the same phone was faster.
            return;
        }
        tidy(registration.user(), now);
    }

    @Override
    public void remove(Identifier user, String contact, String callId, long cseq) {
        try {
            dynamoDb.deleteItem(delete -> delete.tableName(table)
                    .key(RegistrationRow.key(user, contact))
                    // RFC 3261 §10.3 step 7.
                    .conditionExpression("attribute_not_exists(" + TableSchema.PARTITION_KEY + ") OR "
                            + RegistrationRow.CALL_ID + " <> :callId OR " + RegistrationRow.CSEQ + " < :cseq")
                    .expressionAttributeValues(Map.of(
                            ":callId", AttributeValue.fromS(callId),
                            ":cseq", AttributeValue.fromN(Long.toString(cseq)))));
        } catch (ConditionalCheckFailedException e) {
            // A later REGISTER of the same phone was faster.
            return;
        }
    }

    @Override
    public void removeAll(Identifier user) {
        for (Map<String, AttributeValue> row : rows(user)) {
            String contact = new ItemReader(row).text(TableSchema.SORT_KEY);
            dynamoDb.deleteItem(delete -> delete.tableName(table).key(RegistrationRow.key(user, contact)));
        }
    }

    @Override
    public List<Registration> of(Identifier user, Instant now) {
        return rows(user).stream()
                .filter(lives(now))
                .sorted(LATEST)
                .limit(CONTACTS)
                .map(RegistrationRow::parse)
                .toList();
    }

    /** Deletes what {@link #of} passes over, unless it was refreshed meanwhile. */
    private void tidy(Identifier user, Instant now) {
        List<Map<String, AttributeValue>> rows = rows(user);
        List<Map<String, AttributeValue>> kept =
                rows.stream().filter(lives(now)).sorted(LATEST).limit(CONTACTS).toList();
        for (Map<String, AttributeValue> row : rows) {
            if (!kept.contains(row)) {
                delete(new ItemReader(row), user);
            }
        }
    }

    private void delete(ItemReader row, Identifier user) {
        try {
            dynamoDb.deleteItem(delete -> delete.tableName(table)
                    .key(RegistrationRow.key(user, row.text(TableSchema.SORT_KEY)))
                    .conditionExpression(RegistrationRow.REGISTERED_AT + " = :seen")
                    .expressionAttributeValues(
                            Map.of(":seen", AttributeValue.fromS(row.text(RegistrationRow.REGISTERED_AT)))));
        } catch (ConditionalCheckFailedException e) {
            // It is fresh again, or gone.
            return;
        }
    }

    private List<Map<String, AttributeValue>> rows(Identifier user) {
        if (!TableSchema.isPartitionKey(RegistrationRow.partition(user))) {
            return List.of();
        }
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression(TableSchema.PARTITION_KEY + " = :user")
                .expressionAttributeValues(Map.of(":user", AttributeValue.fromS(RegistrationRow.partition(user))))
                .build();
        return dynamoDb.queryPaginator(query).items().stream().toList();
    }

    private static Predicate<Map<String, AttributeValue>> lives(Instant now) {
        return row -> RegistrationRow.parse(row).expiresAt().isAfter(now);
    }
}
