package io.ringback.aws.dynamodb;

import io.ringback.aws.DeadLetterId;
import io.ringback.core.port.DeadLetters.Redrive;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Ids;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.Outbox.Redriven;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Rows with letters that wait to be sent again. The cursor of their stream names them, always: a row and its mark there
 * change in one transaction. So whoever reads the stream finds them without a request of its own.
 */
final class RedrivenRows {
    /** A row is changed by its consumer and by people; more than that is no accident. */
    private static final int TRIES = 5;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Transactions transactions;
    private final Ids ids;
    private final Duration retention;

    RedrivenRows(DynamoDbClient dynamoDb, String table, Ids ids, Duration retention) {
        this.dynamoDb = dynamoDb;
        this.transactions = new Transactions(dynamoDb);
        this.table = table;
        this.ids = ids;
        this.retention = retention;
    }

    Optional<DeadRow> load(StreamRef stream, long firstSequence) {
        GetItemResponse response = dynamoDb.getItem(get ->
                get.tableName(table).key(OutboxRow.key(stream, firstSequence)).consistentRead(true));
        return response.hasItem() ? Optional.of(DeadRow.parse(response.item())) : Optional.empty();
    }

    /** The first letter of the first of these rows that still has one; null when none has. */
    @Nullable
    Redriven first(StreamRef stream, List<Long> marked) {
        for (long row : marked) {
            Optional<Redriven> first =
                    load(stream, row).flatMap(found -> found.redriven().stream().findFirst());
            if (first.isPresent()) {
                return first.get();
            }
        }
        return null;
    }

    Redrive redrive(DeadLetterId id, @Nullable FirstAnswer firstAnswer, Instant now) {
        String commitId = ids.newId();
        for (int i = 0; i < TRIES; i++) {
            DeadRow row = load(id.stream(), id.firstSequence()).orElse(null);
            Item letter = row == null ? null : row.item(id.sequence()).orElse(null);
            if (row == null || letter == null) {
                return new Redrive.Unknown();
            }
            if (row.waits(id.sequence()).isPresent()) {
                return firstAnswer == null || remember(firstAnswer, commitId)
                        ? new Redrive.Waiting(id.stream())
                        : new Redrive.Repeated();
            }
            Instant deadAt = row.deadAt(id.sequence());
            if (deadAt == null || !DeadRow.isKept(deadAt, now)) {
                return new Redrive.Unknown();
            }
            if (!row.hasRoom()) {
                return new Redrive.LogFull();
            }
            List<TransactWriteItem> writes = new ArrayList<>();
            writes.add(next(row, row.redrive(letter, now)));
            if (row.redriven().isEmpty()) {
                writes.add(write(CursorRow.mark(table, id.stream(), id.firstSequence(), now, retention)));
            }
            if (firstAnswer != null) {
                writes.add(FirstAnswerRow.insert(table, firstAnswer, commitId));
            }
            Transactions.Outcome outcome = transactions.write(writes);
            if (outcome.isWritten()) {
                return new Redrive.Waiting(id.stream());
            }
            if (outcome.isRepeated(commitId)) {
                return new Redrive.Repeated();
            }
        }
        return new Redrive.Crowded();
    }

    /** Keeps an answer by itself; false when another commit's is there. */
    boolean remember(FirstAnswer firstAnswer, String commitId) {
        return !transactions
                .write(List.of(FirstAnswerRow.insert(table, firstAnswer, commitId)))
                .isRepeated(commitId);
    }

    boolean settle(Redriven waiting, Attempt attempt, Instant now) {
        return change(
                waiting,
                row -> row.settle(waiting, attempt, now, retention),
                CursorRow.unmark(table, waiting.stream(), waiting.firstSequence(), now, retention));
    }

    boolean postpone(Redriven waiting, Attempt attempt, Instant nextAttempt) {
        return change(waiting, row -> row.postpone(waiting, attempt, nextAttempt), null);
    }

    /** Changes the row as long as this letter waits in it as it was read; whatever else is changed in it. */
    private boolean change(Redriven waiting, Function<DeadRow, ItemUpdate> change, @Nullable Update unmark) {
        for (int i = 0; i < TRIES; i++) {
            DeadRow row = load(waiting.stream(), waiting.firstSequence()).orElse(null);
            if (row == null || !row.redriven().contains(waiting)) {
                return false;
            }
            List<TransactWriteItem> writes = new ArrayList<>();
            writes.add(next(row, change.apply(row)));
            if (unmark != null && row.isLast(waiting)) {
                writes.add(write(unmark));
            }
            if (transactions.write(writes).isWritten()) {
                return true;
            }
        }
        return false;
    }

    private TransactWriteItem next(DeadRow read, ItemUpdate update) {
        return write(OutboxRow.next(table, read.row(), update));
    }

    private static TransactWriteItem write(Update update) {
        return TransactWriteItem.builder().update(update).build();
    }
}
