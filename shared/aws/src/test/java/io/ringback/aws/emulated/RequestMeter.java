package io.ringback.aws.emulated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Counts requests and works out what they cost from the sizes of the items before and after: what DynamoDB Local says
 * about consumed capacity is twice too much. One request at a time.
 */
public final class RequestMeter implements ExecutionInterceptor {
    private static final ExecutionAttribute<List<Written>> BEFORE = new ExecutionAttribute<>("ItemsBefore");
    private static final double READ_UNIT = 4096;
    private static final double WRITE_UNIT = 1024;

    private final DynamoDbClient observer;
    private final String table;
    private final List<GlobalSecondaryIndexDescription> indexes;
    private Usage usage = Usage.NONE;

    private record Written(Map<String, AttributeValue> key, Map<String, AttributeValue> before, int factor) {}

    /** @param observer reads items, and is not metered */
    public RequestMeter(DynamoDbClient observer, String table) {
        this.observer = observer;
        this.table = table;
        this.indexes = observer.describeTable(describe -> describe.tableName(table))
                .table()
                .globalSecondaryIndexes();
    }

    /** What was used since the last time. */
    public synchronized Usage take() {
        Usage taken = usage;
        usage = Usage.NONE;
        return taken;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(BEFORE, written(context.request()));
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        add(attributes, reads(context.request(), context.response()));
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        add(attributes, 0);
    }

    private synchronized void add(ExecutionAttributes attributes, double reads) {
        double writes = 0;
        double indexWrites = 0;
        for (Written written : attributes.getAttribute(BEFORE)) {
            Map<String, AttributeValue> after = item(written.key());
            long size = Math.max(ItemSize.of(written.before()), ItemSize.of(after));
            writes += Math.max(1, Math.ceil(size / WRITE_UNIT)) * written.factor();
            indexWrites += indexes.stream()
                    .mapToDouble(index -> entryWrites(index, written.before(), after))
                    .sum();
        }
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        usage = usage.plus(new Usage(Map.of(operation, 1), reads, writes, indexWrites));
    }

    private List<Written> written(SdkRequest request) {
        List<Written> written = new ArrayList<>();
        if (request instanceof UpdateItemRequest update) {
            written.add(new Written(update.key(), item(update.key()), 1));
        } else if (request instanceof TransactWriteItemsRequest transaction) {
            for (TransactWriteItem write : transaction.transactItems()) {
                Map<String, AttributeValue> item =
                        write.put() == null ? write.update().key() : write.put().item();
                Map<String, AttributeValue> key = Map.of("pk", value(item, "pk"), "sk", value(item, "sk"));
                written.add(new Written(key, item(key), 2));
            }
        }
        return written;
    }

    /** An entry is written when it comes, goes or says something else; a move is a deletion and a write. */
    private static double entryWrites(
            GlobalSecondaryIndexDescription index,
            Map<String, AttributeValue> before,
            Map<String, AttributeValue> after) {
        Map<String, AttributeValue> old = entry(index, before);
        Map<String, AttributeValue> current = entry(index, after);
        if (old.equals(current)) {
            return 0;
        }
        boolean stays = !old.isEmpty() && !current.isEmpty() && keys(index, old).equals(keys(index, current));
        return stays ? Math.max(entryUnits(old), entryUnits(current)) : entryUnits(old) + entryUnits(current);
    }

    private static double entryUnits(Map<String, AttributeValue> entry) {
        return Math.ceil(ItemSize.of(entry) / WRITE_UNIT);
    }

    private static Map<String, AttributeValue> entry(
            GlobalSecondaryIndexDescription index, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> entry = new HashMap<>(item);
        Set<String> told = new HashSet<>(Set.of("pk", "sk"));
        index.keySchema().forEach(key -> told.add(key.attributeName()));
        told.addAll(index.projection().nonKeyAttributes());
        entry.keySet().retainAll(told);
        boolean indexed = index.keySchema().stream().allMatch(key -> item.containsKey(key.attributeName()));
        return indexed ? entry : Map.of();
    }

    private static List<AttributeValue> keys(GlobalSecondaryIndexDescription index, Map<String, AttributeValue> entry) {
        return index.keySchema().stream()
                .map(key -> value(entry, key.attributeName()))
                .toList();
    }

    private static double reads(SdkRequest request, SdkResponse response) {
        if (response instanceof GetItemResponse get) {
            return units(ItemSize.of(get.item()), ((GetItemRequest) request).consistentRead());
        }
        if (response instanceof QueryResponse query) {
            long size = query.items().stream().mapToLong(ItemSize::of).sum();
            return units(size, ((QueryRequest) request).consistentRead());
        }
        return 0;
    }

    private static double units(long size, Boolean consistent) {
        return Math.max(1, Math.ceil(size / READ_UNIT)) * (Boolean.TRUE.equals(consistent) ? 1 : 0.5);
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        return observer.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                .item();
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
