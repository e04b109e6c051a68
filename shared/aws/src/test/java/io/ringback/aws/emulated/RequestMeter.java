package io.ringback.aws.emulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                    .mapToInt(index -> entryWrites(index, written.before(), after))
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

    /** Entries hold keys only, so one changes only when it comes, goes or moves: a move is a deletion and a write. */
    private static int entryWrites(
            GlobalSecondaryIndexDescription index,
            Map<String, AttributeValue> before,
            Map<String, AttributeValue> after) {
        List<AttributeValue> old = entry(index, before);
        List<AttributeValue> current = entry(index, after);
        return old.equals(current) ? 0 : (old.isEmpty() ? 0 : 1) + (current.isEmpty() ? 0 : 1);
    }

    private static List<AttributeValue> entry(GlobalSecondaryIndexDescription index, Map<String, AttributeValue> item) {
        boolean indexed = index.keySchema().stream().allMatch(key -> item.containsKey(key.attributeName()));
        return indexed
                ? index.keySchema().stream()
                        .map(key -> value(item, key.attributeName()))
                        .toList()
                : List.of();
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
