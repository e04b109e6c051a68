package io.ringback.aws.dynamodb;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Transactions on a few items that others change too, and updates of such an item, tried again when they met another one. */
final class Transactions {
    /** How often; each try takes long enough to let the other one finish. */
    private static final int TRIES = 10;

    private static final String REFUSED = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";

    private final DynamoDbClient dynamoDb;

    Transactions(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** What became of a transaction: written whole, or refused for the conditions of some of its writes. */
    record Outcome(List<CancellationReason> reasons) {
        boolean isWritten() {
            return reasons.isEmpty();
        }

        /** Whether the condition of the write at this place did not hold. */
        boolean isRefusedAt(int write) {
            return reasons.size() > write && reasons.get(write).code().equals(REFUSED);
        }

        /** Whether the first answer of the same request was there, and not from this commit. */
        boolean isRepeated(String commitId) {
            return reasons.stream()
                    .map(CancellationReason::item)
                    .anyMatch(item -> FirstAnswerRow.isOne(item) && !FirstAnswerRow.isOf(commitId, item));
        }
    }

    /** Writes all or nothing; a transaction that fails for anything but its conditions throws. */
    Outcome write(List<TransactWriteItem> writes) {
        for (int tries = 1; ; tries++) {
            try {
                dynamoDb.transactWriteItems(transaction -> transaction.transactItems(writes));
                return new Outcome(List.of());
            } catch (TransactionCanceledException e) {
                if (has(e, REFUSED)) {
                    return new Outcome(e.cancellationReasons());
                }
                if (!has(e, CONFLICT) || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /**
     * Updates an item that others change in transactions: one that is under way is done when the next try gets there, or
     * the one behind it.
     */
    UpdateItemResponse update(UpdateItemRequest update) {
        for (int tries = 1; ; tries++) {
            try {
                return dynamoDb.updateItem(update);
            } catch (TransactionConflictException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static boolean has(TransactionCanceledException canceled, String code) {
        return canceled.cancellationReasons().stream()
                .anyMatch(reason -> reason.code().equals(code));
    }
}
