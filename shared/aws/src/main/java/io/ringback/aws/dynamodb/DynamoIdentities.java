package io.ringback.aws.dynamodb;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Identities;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The users in DynamoDB, all in one partition: there are as many as people in a house, not as calls. */
public final class DynamoIdentities implements Identities {
    private static final String ABSENT = "attribute_not_exists(" + TableSchema.PARTITION_KEY + ")";

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoIdentities(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Added add(UserIdentity identity, @Nullable FirstAnswer firstAnswer) {
        if (firstAnswer == null) {
            return addAlone(identity);
        }
        TransactWriteItem row = TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table)
                        .item(IdentityRow.format(identity))
                        .conditionExpression(ABSENT)
                        .build())
                .build();
        Transactions.Outcome outcome = new Transactions(dynamoDb)
                .write(List.of(row, FirstAnswerRow.insert(table, firstAnswer, identity.username())));
        if (outcome.isWritten()) {
            return Added.ADDED;
        }
        return outcome.isRepeated(identity.username()) ? Added.REPEATED : Added.TAKEN;
    }

    private Added addAlone(UserIdentity identity) {
        try {
            dynamoDb.putItem(put -> put.tableName(table)
                    .item(IdentityRow.format(identity))
                    .conditionExpression(ABSENT)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Added.ADDED;
        } catch (ConditionalCheckFailedException e) {
            // Ours, if the answer to an earlier attempt of the SDK got lost.
            boolean ours = e.hasItem() && IdentityRow.parse(e.item()).equals(identity);
            return ours ? Added.ADDED : Added.TAKEN;
        }
    }

    @Override
    public Optional<UserIdentity> find(Identifier user) {
        return user.username().filter(TableSchema::isSortKey).flatMap(username -> {
            GetItemResponse response = dynamoDb.getItem(
                    get -> get.tableName(table).key(IdentityRow.key(username)).consistentRead(true));
            return response.hasItem()
                    ? Optional.of(IdentityRow.parse(response.item()))
                            .filter(identity -> identity.identifier().equals(user))
                    : Optional.empty();
        });
    }

    @Override
    public List<UserIdentity> page(@Nullable String after, int limit) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":users", AttributeValue.fromS(IdentityRow.PARTITION));
        String condition = TableSchema.PARTITION_KEY + " = :users";
        if (after != null && !after.isEmpty()) {
            values.put(":after", AttributeValue.fromS(after));
            condition += " AND " + TableSchema.SORT_KEY + " > :after";
        }
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .limit(limit)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .build();
        return dynamoDb.query(query).items().stream().map(IdentityRow::parse).toList();
    }

    @Override
    public boolean delete(Identifier user) {
        if (find(user).isEmpty()) {
            return false;
        }
        Map<String, AttributeValue> key = IdentityRow.key(user.username().orElseThrow());
        return dynamoDb.deleteItem(delete -> delete.tableName(table).key(key).returnValues("ALL_OLD"))
                .hasAttributes();
    }
}
