package io.ringback.aws.dynamodb;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.Gateways;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The directory of media gateways in DynamoDB. */
public final class DynamoGateways implements Gateways {
    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoGateways(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Optional<Gateway> find(String gatewayId) {
        GetItemResponse response = dynamoDb.getItem(
                get -> get.tableName(table).key(GatewayRow.key(gatewayId)).consistentRead(true));
        return response.hasItem() ? Optional.of(GatewayRow.parse(response.item())) : Optional.empty();
    }

    @Override
    public List<Gateway> all() {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression(TableSchema.PARTITION_KEY + " = :gateway")
                .expressionAttributeValues(Map.of(":gateway", AttributeValue.fromS(GatewayRow.PARTITION)))
                .build();
        return dynamoDb.queryPaginator(query).items().stream()
                .map(GatewayRow::parse)
                .toList();
    }

    @Override
    public boolean heartbeat(Gateway gateway) {
        ItemUpdate update =
                new ItemUpdate().setAll(GatewayRow.heartbeat(gateway)).remove("fencedAt");
        String epoch = update.name(GatewayRow.EPOCH);
        // Epochs are ULIDs, so a later life sorts behind. What is written is also what is compared: :epoch, :fenced.
        String condition = "attribute_not_exists(" + epoch + ") OR " + epoch + " < :epoch OR (" + epoch
                + " = :epoch AND " + update.name(GatewayRow.FENCED) + " = :fenced)";
        return updates(gateway.ref().gatewayId(), update, condition);
    }

    @Override
    public boolean fence(Gateway seen, Instant now) {
        ItemUpdate update = new ItemUpdate()
                .set(GatewayRow.FENCED, AttributeValue.fromBool(true))
                .set("fencedAt", AttributeValue.fromS(ItemWriter.format(now)));
        // Not that it is unfenced: a fence whose answer was lost, or another watch's, is as good.
        String condition = update.name(GatewayRow.EPOCH) + " = "
                + update.value("epoch", AttributeValue.fromS(seen.ref().epoch())) + " AND "
                + update.name(GatewayRow.HEARTBEAT_AT) + " = "
                + update.value("seen", AttributeValue.fromS(ItemWriter.format(seen.heartbeatAt())));
        return updates(seen.ref().gatewayId(), update, condition);
    }

    @Override
    public List<PinnedCall> openCalls(GatewayRef life) {
        return pinned(life.gatewayId(), "begins_with(" + TableSchema.LIVE_EPOCH + ", :epoch)", life.epoch() + "#");
    }

    @Override
    public List<PinnedCall> openCallsOfEarlierLives(GatewayRef life) {
        return pinned(life.gatewayId(), TableSchema.LIVE_EPOCH + " < :epoch", life.epoch());
    }

    private List<PinnedCall> pinned(String gatewayId, String condition, String epoch) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(TableSchema.GATEWAY_INDEX)
                .keyConditionExpression(TableSchema.LIVE_ON + " = :gateway AND " + condition)
                .expressionAttributeValues(
                        Map.of(":gateway", AttributeValue.fromS(gatewayId), ":epoch", AttributeValue.fromS(epoch)))
                .build();
        return dynamoDb.queryPaginator(query).items().stream()
                .map(CallItem::pinned)
                .toList();
    }

    private boolean updates(String gatewayId, ItemUpdate update, String condition) {
        try {
            dynamoDb.updateItem(UpdateItemRequest.builder()
                    .tableName(table)
                    .key(GatewayRow.key(gatewayId))
                    .updateExpression(update.expression())
                    .conditionExpression(condition)
                    .expressionAttributeNames(update.names())
                    .expressionAttributeValues(update.values())
                    .build());
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
