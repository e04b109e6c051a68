package io.ringback.aws.dynamodb;

import io.ringback.core.directory.Subscription;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Subscriptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The event subscriptions in DynamoDB: a row each, and a counter that changes with them in one transaction. */
public final class DynamoSubscriptions implements Subscriptions {
    /** Where the counter stands in a transaction. */
    private static final int COUNTER = 1;

    private final DynamoDbClient dynamoDb;
    private final Transactions transactions;
    private final String table;

    public DynamoSubscriptions(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.transactions = new Transactions(dynamoDb);
        this.table = table;
    }

    @Override
    public Added add(Subscription subscription, @Nullable FirstAnswer firstAnswer) {
        TransactWriteItem row = TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table)
                        .item(SubscriptionRow.format(subscription))
                        .conditionExpression("attribute_not_exists(" + TableSchema.PARTITION_KEY + ")")
                        .build())
                .build();
        List<TransactWriteItem> writes = new ArrayList<>(List.of(row, count(1)));
        if (firstAnswer != null) {
            writes.add(FirstAnswerRow.insert(table, firstAnswer, subscription.subscriptionId()));
        }
        Transactions.Outcome outcome = transactions.write(writes);
        if (outcome.isWritten()) {
            return Added.ADDED;
        }
        if (outcome.isRepeated(subscription.subscriptionId())) {
            return Added.REPEATED;
        }
        if (outcome.isRefusedAt(COUNTER)) {
            return Added.FULL;
        }
        throw new IllegalStateException("the id " + subscription.subscriptionId() + " is taken");
    }

    @Override
    public Optional<Subscription> find(String subscriptionId) {
        if (!TableSchema.isSortKey(subscriptionId)) {
            return Optional.empty();
        }
        GetItemResponse response = dynamoDb.getItem(get ->
                get.tableName(table).key(SubscriptionRow.key(subscriptionId)).consistentRead(true));
        return response.hasItem() ? Optional.of(SubscriptionRow.parse(response.item())) : Optional.empty();
    }

    @Override
    public List<Subscription> all() {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression(TableSchema.PARTITION_KEY + " = :subscriptions")
                .expressionAttributeValues(Map.of(":subscriptions", AttributeValue.fromS(SubscriptionRow.PARTITION)))
                .build();
        return ReadableItems.of(dynamoDb.queryPaginator(query).items(), SubscriptionRow::parse).stream()
                .sorted(Comparator.comparing(Subscription::createdAt).thenComparing(Subscription::subscriptionId))
                .toList();
    }

    @Override
    public boolean delete(String subscriptionId) {
        if (!TableSchema.isSortKey(subscriptionId)) {
            return false;
        }
        TransactWriteItem row = TransactWriteItem.builder()
                .delete(Delete.builder()
                        .tableName(table)
                        .key(SubscriptionRow.key(subscriptionId))
                        .conditionExpression("attribute_exists(" + TableSchema.PARTITION_KEY + ")")
                        .build())
                .build();
        return transactions.write(List.of(row, count(-1))).isWritten();
    }

    private TransactWriteItem count(int change) {
        ItemUpdate update = new ItemUpdate();
        String count = update.name(SubscriptionRow.COUNT);
        String by = update.value("change", AttributeValue.fromN(Integer.toString(change)));
        String none = update.value("none", AttributeValue.fromN("0"));
        Update.Builder counter = Update.builder()
                .tableName(table)
                .key(SubscriptionRow.countKey())
                .updateExpression("SET " + count + " = if_not_exists(" + count + ", " + none + ") + " + by);
        if (change > 0) {
            String most = update.value("most", AttributeValue.fromN(Integer.toString(Subscription.MOST)));
            counter.conditionExpression("attribute_not_exists(" + count + ") OR " + count + " < " + most);
        }
        counter.expressionAttributeNames(update.names()).expressionAttributeValues(update.values());
        return TransactWriteItem.builder().update(counter.build()).build();
    }
}
