package io.ringback.aws.emulated;

import java.util.Map;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** The largest of everything that transactions wrote: in bytes, an update as large as the values that it sets. */
public final class TransactionSizes implements ExecutionInterceptor {
    private long largestItem;
    private long largestTransaction;
    private int mostItems;

    /** Of the items that were written. */
    public long largestItem() {
        return largestItem;
    }

    /** Of the transactions, all their items together. */
    public long largestTransaction() {
        return largestTransaction;
    }

    /** How many items a transaction had. */
    public int mostItems() {
        return mostItems;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof TransactWriteItemsRequest transaction) {
            long sum = 0;
            for (TransactWriteItem write : transaction.transactItems()) {
                long size = ItemSize.of(written(write));
                largestItem = Math.max(largestItem, size);
                sum += size;
            }
            largestTransaction = Math.max(largestTransaction, sum);
            mostItems = Math.max(mostItems, transaction.transactItems().size());
        }
    }

    private static Map<String, AttributeValue> written(TransactWriteItem write) {
        return write.put() == null
                ? write.update().expressionAttributeValues()
                : write.put().item();
    }
}
