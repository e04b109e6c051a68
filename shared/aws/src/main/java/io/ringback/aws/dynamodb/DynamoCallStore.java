package io.ringback.aws.dynamodb;

import io.ringback.core.call.ServerCall;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.EffectEncoder;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Ids;
import io.ringback.core.port.Reservation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Calls in DynamoDB: a load is one strongly consistent GetItem, a commit one TransactWriteItems.
 *
 * <p>A commit whose answer was lost is recognised by its history row, which carries the commit's own id: the caller
 * learns that it succeeded, and nothing is decided twice.
 */
public final class DynamoCallStore implements CallStore {
    /** Where the history row stands in the transaction. */
    private static final int HISTORY = 1;

    private static final String NO_REASON = "None";
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    /** Why a write is cancelled that may succeed after a pause and a new load. */
    private static final Set<String> PASSING = Set.of(
            NO_REASON, CONDITION_FAILED, "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final EffectEncoder encoder;
    private final Ids ids;
    private final InstantSource clock;
    private final Duration retention;

    public DynamoCallStore(DynamoDbClient dynamoDb, String table, EffectEncoder encoder, Ids ids, InstantSource clock) {
        this(dynamoDb, table, encoder, ids, clock, Retention.DEFAULT);
    }

    /** @param retention how long a call is kept after its end */
    public DynamoCallStore(
            DynamoDbClient dynamoDb,
            String table,
            EffectEncoder encoder,
            Ids ids,
            InstantSource clock,
            Duration retention) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.encoder = encoder;
        this.ids = ids;
        this.clock = clock;
        this.retention = retention;
    }

    @Override
    public Optional<ServerCall> load(String serverCallId) {
        return get(CallItem.key(serverCallId))
                .filter(item -> !CallItem.isExpired(item, clock.instant()))
                .map(CallItem::parse);
    }

    @Override
    public CommitResult commit(Commit commit) {
        String commitId = ids.newId();
        try {
            dynamoDb.transactWriteItems(transaction(commit, commitId));
            return CommitResult.STORED;
        } catch (TransactionCanceledException e) {
            return resolve(commit, commitId, e);
        } catch (SdkException e) {
            // Time-out, lost connection, a 500: it may be done.
            return settle(commit, commitId, e);
        }
    }

    private TransactWriteItemsRequest transaction(Commit commit, String commitId) {
        List<EffectRow> rows = EffectRow.of(commit, encoder);
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .update(CallItem.update(table, commit.next(), retention))
                .build());
        writes.add(insert(HistoryRow.format(commit, commitId, rows, retention)));
        rows.forEach(row -> writes.add(insert(row.format(commit))));
        FirstAnswer answer = commit.firstAnswer();
        if (answer != null) {
            writes.add(FirstAnswerRow.insert(table, answer, commitId));
        }
        // The last one: resolve() looks for it there.
        commit.reservation()
                .map(wanted -> GatewayRow.reserve(table, wanted))
                .map(update -> TransactWriteItem.builder().update(update).build())
                .ifPresent(writes::add);
        return TransactWriteItemsRequest.builder()
                .transactItems(writes)
                .clientRequestToken(commitId)
                .build();
    }

    private TransactWriteItem insert(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table)
                        .item(item)
                        .conditionExpression("attribute_not_exists(" + TableSchema.PARTITION_KEY + ")")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    /** Nothing was written this time; but perhaps by an earlier attempt of the SDK. */
    private CommitResult resolve(Commit commit, String commitId, TransactionCanceledException canceled) {
        List<CancellationReason> reasons = canceled.cancellationReasons();
        Optional<CancellationReason> repeated = reasons.stream()
                .filter(reason -> FirstAnswerRow.isOne(reason.item()))
                .findFirst();
        if (repeated.isPresent()) {
            return FirstAnswerRow.isOf(commitId, repeated.get().item()) ? CommitResult.STORED : CommitResult.REPEATED;
        }
        if (reasons.size() > HISTORY && !reasons.get(HISTORY).item().isEmpty()) {
            return result(HistoryRow.isOf(commitId, reasons.get(HISTORY).item()));
        }
        if (canceled.numAttempts() == null || canceled.numAttempts() > 1) {
            return taken(commit, commitId).orElseGet(() -> refusal(commit, canceled));
        }
        return refusal(commit, canceled);
    }

    /**
     * Why nothing was written. Of a cancelled transaction that is sure although an earlier attempt may have got no
     * answer: all attempts have one token, so that DynamoDB would have answered a later one with the success of an earlier
     * one, or that it is under way.
     */
    private static CommitResult refusal(Commit commit, TransactionCanceledException canceled) {
        List<CancellationReason> reasons = canceled.cancellationReasons();
        if (!reasons.stream().allMatch(reason -> PASSING.contains(reason.code()))) {
            throw canceled;
        }
        return commit.reservation()
                .filter(wanted -> isUntroubled(reasons.subList(0, reasons.size() - 1)))
                .map(wanted -> unreserved(wanted, reasons.get(reasons.size() - 1)))
                .orElse(CommitResult.OVERTAKEN);
    }

    private static boolean isUntroubled(List<CancellationReason> reasons) {
        return reasons.stream().allMatch(reason -> reason.code().equals(NO_REASON));
    }

    /** Only the gateway's row was in the way. */
    private static CommitResult unreserved(Reservation wanted, CancellationReason reason) {
        return reason.code().equals(CONDITION_FAILED)
                ? GatewayRow.refusal(wanted, reason.item())
                : CommitResult.CROWDED;
    }

    /**
     * Finds out what became of a commit that got no answer.
     *
     * @throws RuntimeException the failure, when nobody has taken the version: ours may still be under way, so that
     *     neither answer would be true
     */
    private CommitResult settle(Commit commit, String commitId, SdkException failure) {
        return taken(commit, commitId).orElseThrow(() -> failure);
    }

    /** Reads whose commit has taken the version; empty when nobody's has. */
    private Optional<CommitResult> taken(Commit commit, String commitId) {
        return get(HistoryRow.key(commit.next().serverCallId(), commit.next().version() + 1))
                .map(row -> result(HistoryRow.isOf(commitId, row)));
    }

    private static CommitResult result(boolean ours) {
        return ours ? CommitResult.STORED : CommitResult.OVERTAKEN;
    }

    private Optional<Map<String, AttributeValue>> get(Map<String, AttributeValue> key) {
        GetItemResponse response =
                dynamoDb.getItem(get -> get.tableName(table).key(key).consistentRead(true));
        return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
    }
}
