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
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The directory of media gateways in DynamoDB. */
public final class DynamoGateways implements Gateways {
    private final DynamoDbClient dynamoDb;
    private final Transactions transactions;
    private final String table;

    public DynamoGateways(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.transactions = new Transactions(dynamoDb);
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
        return ReadableItems.of(dynamoDb.queryPaginator(query).items(), GatewayRow::parse);
    }

    @Override
    public Optional<Reserved> heartbeat(Gateway gateway, Reserved settled) {
        // A life begins once: when the answer to its first heartbeat got lost, the same is a later one.
        return beat(gateway, settled).or(() -> begin(gateway)).or(() -> beat(gateway, settled));
    }

    private Optional<Reserved> beat(Gateway gateway, Reserved settled) {
        ItemUpdate update = GatewayRow.beat(gateway, settled);
        // What is written is also what is compared: :epoch, :fenced.
        String condition =
                update.name(GatewayRow.EPOCH) + " = :epoch AND " + update.name(GatewayRow.FENCED) + " = :fenced";
        return update(gateway.ref().gatewayId(), update, condition).map(GatewayRow::reserved);
    }

    /** Epochs are ULIDs, so a later life sorts behind. */
    private Optional<Reserved> begin(Gateway gateway) {
        ItemUpdate update = GatewayRow.begin(gateway);
        String epoch = update.name(GatewayRow.EPOCH);
        String condition = "attribute_not_exists(" + epoch + ") OR " + epoch + " < :epoch";
        return update(gateway.ref().gatewayId(), update, condition).map(GatewayRow::reserved);
    }

    @Override
    public boolean fence(Gateway seen, Instant now) {
        ItemUpdate update = GatewayRow.fence(now);
        // Not that it is unfenced: a fence whose answer was lost, or another watch's, is as good.
        String condition = update.name(GatewayRow.EPOCH) + " = "
                + update.value("epoch", AttributeValue.fromS(seen.ref().epoch())) + " AND "
                + update.name(GatewayRow.HEARTBEAT_AT) + " = "
                + update.value("seen", AttributeValue.fromS(ItemWriter.format(seen.heartbeatAt())));
        return update(seen.ref().gatewayId(), update, condition).isPresent();
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

    /** The row after the update; empty when the condition did not hold. */
    private Optional<Map<String, AttributeValue>> update(String gatewayId, ItemUpdate update, String condition) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(GatewayRow.key(gatewayId))
                .updateExpression(update.expression())
                .conditionExpression(condition)
                .expressionAttributeNames(update.names())
                .expressionAttributeValues(update.values())
                .returnValues(ReturnValue.ALL_NEW)
                .build();
        try {
            return Optional.of(transactions.update(request).attributes());
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }
}
