package io.ringback.aws.dynamodb;

import io.ringback.core.port.Circuits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The circuits of receivers in DynamoDB. */
public final class DynamoCircuits implements Circuits {
    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    public DynamoCircuits(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Circuit find(Endpoint endpoint) {
        GetItemResponse response = dynamoDb.getItem(
                get -> get.tableName(table).key(CircuitRow.key(endpoint)).consistentRead(true));
        return response.hasItem() ? CircuitRow.parse(response.item()) : Circuit.CLOSED;
    }

    @Override
    public Circuit fail(Endpoint endpoint, Instant retryAt) {
        return CircuitRow.parse(dynamoDb.updateItem(
                        update(endpoint, CircuitRow.failure(endpoint, retryAt, clock.instant()))
                                .returnValues(ReturnValue.ALL_NEW)
                                .build())
                .attributes());
    }

    @Override
    public void close(Endpoint endpoint) {
        dynamoDb.updateItem(
                update(endpoint, CircuitRow.closing(endpoint, clock.instant())).build());
    }

    @Override
    public Optional<Circuit> probe(Endpoint endpoint, Circuit seen, Instant until) {
        ItemUpdate probe = CircuitRow.probe(until);
        String condition = CircuitRow.isAs(seen, probe);
        try {
            dynamoDb.updateItem(update(endpoint, probe)
                    .conditionExpression(condition)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            return Optional.of(e.hasItem() ? CircuitRow.parse(e.item()) : Circuit.CLOSED);
        }
    }

    private UpdateItemRequest.Builder update(Endpoint endpoint, ItemUpdate update) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(CircuitRow.key(endpoint))
                .updateExpression(update.expression())
                .expressionAttributeNames(update.names())
                .expressionAttributeValues(update.values());
    }
}
