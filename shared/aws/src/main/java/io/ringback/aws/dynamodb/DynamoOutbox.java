package io.ringback.aws.dynamodb;

import io.ringback.core.port.Ids;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The outbox in DynamoDB. */
public final class DynamoOutbox implements Outbox {
    private static final String LAST_ROW = OutboxRow.sort(999_999_999_999L);

    private final DynamoDbClient dynamoDb;
    private final Transactions transactions;
    private final String table;
    private final Ids ids;
    private final InstantSource clock;
    private final Duration retention;
    private final RedrivenRows redriven;

    public DynamoOutbox(DynamoDbClient dynamoDb, String table, Ids ids, InstantSource clock) {
        this(dynamoDb, table, ids, clock, Retention.DEFAULT);
    }

    /** @param retention how long a finished row is kept, as for the call store */
    public DynamoOutbox(DynamoDbClient dynamoDb, String table, Ids ids, InstantSource clock, Duration retention) {
        this.dynamoDb = dynamoDb;
        this.transactions = new Transactions(dynamoDb);
        this.table = table;
        this.ids = ids;
        this.clock = clock;
        this.retention = retention;
        this.redriven = new RedrivenRows(dynamoDb, table, ids, retention);
    }

    @Override
    public Reading read(StreamRef stream, int limit) {
        Map<String, AttributeValue> item = cursor(stream);
        CursorRow cursor = CursorRow.parse(item);
        StreamReader reader = new StreamReader(cursor, limit);
        for (Map<String, AttributeValue> row :
                dynamoDb.queryPaginator(rowsFrom(stream, cursor.next(), limit)).items()) {
            if (!reader.accept(row)) {
                break;
            }
        }
        CursorRow front = reader.front();
        if (front.next() > cursor.next()) {
            // It was left behind: by a consumer that ended too early, or one that did later rows first.
            moveCursor(stream, cursor.next(), front);
        }
        return reader.reading(redriven.first(stream, CursorRow.redriven(item)));
    }

    @Override
    public Optional<Row> advance(Row row, int done, List<Attempt> attempts, Instant now) {
        if (done <= row.done() || done > row.items().size()) {
            throw new IllegalArgumentException("cannot advance from " + row.done() + " to " + done + " of "
                    + row.items().size());
        }
        Optional<Row> advanced = update(row, OutboxRow.advance(row, done, attempts, now, retention), done, 0, null);
        if (advanced.isPresent() && advanced.get().isFinished()) {
            boolean dead =
                    !attempts.isEmpty() && attempts.get(attempts.size() - 1).outcome() == Attempt.Outcome.DEAD;
            moveCursor(row.stream(), row.firstSequence(), new CursorRow(row.nextSequence(), dead));
        }
        return advanced;
    }

    @Override
    public Optional<Row> postpone(Row row, Attempt attempt, Instant nextAttempt) {
        return update(
                row, OutboxRow.postpone(row, attempt, nextAttempt), row.done(), row.attemptsInARow() + 1, nextAttempt);
    }

    @Override
    public boolean settle(Redriven letter, Attempt attempt, Instant now) {
        return redriven.settle(letter, attempt, now);
    }

    @Override
    public boolean postpone(Redriven letter, Attempt attempt, Instant nextAttempt) {
        return redriven.postpone(letter, attempt, nextAttempt);
    }

    @Override
    public Optional<Row> hold(Row row, @Nullable Attempt note, Instant until) {
        List<Attempt> notes = note == null ? List.of() : List.of(note);
        return update(row, OutboxRow.hold(row, notes, until), row.done(), row.attemptsInARow(), until);
    }

    @Override
    public List<StreamRef> due(int shard, Instant now, int limit) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(TableSchema.DUE_INDEX)
                .keyConditionExpression(TableSchema.DUE_SHARD + " = :shard AND " + TableSchema.DUE_AT + " < :now")
                .expressionAttributeValues(Map.of(
                        ":shard", AttributeValue.fromS(OutboxRow.dueShard(shard)),
                        ":now", AttributeValue.fromS(ItemWriter.format(now))))
                .build();
        Set<StreamRef> streams = new LinkedHashSet<>();
        for (var page : dynamoDb.queryPaginator(query)) {
            for (StreamRef stream : ReadableItems.of(page.items(), OutboxRow::stream)) {
                streams.add(stream);
                if (streams.size() == limit) {
                    return List.copyOf(streams);
                }
            }
        }
        return List.copyOf(streams);
    }

    /** Writes the row's next revision; an answer that got lost is recognised by the update's own id. */
    private Optional<Row> update(
            Row row, ItemUpdate update, int done, int attemptsInARow, @Nullable Instant nextAttempt) {
        String updateId = ids.newId();
        update.set(OutboxRow.UPDATE_ID, AttributeValue.fromS(updateId));
        String condition = update.name(OutboxRow.REVISION) + " = "
                + update.value("read", AttributeValue.fromN(Long.toString(row.revision())));
        Row next = new Row(
                row.stream(),
                row.firstSequence(),
                row.items(),
                done,
                attemptsInARow,
                nextAttempt,
                row.redriven(),
                row.revision() + 1);
        try {
            transactions.update(UpdateItemRequest.builder()
                    .tableName(table)
                    .key(OutboxRow.key(row.stream(), row.firstSequence()))
                    .updateExpression(update.expression())
                    .conditionExpression(condition)
                    .expressionAttributeNames(update.names())
                    .expressionAttributeValues(update.values())
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
            return Optional.of(next);
        } catch (ConditionalCheckFailedException e) {
            boolean ours = e.hasItem() && updateId.equals(new ItemReader(e.item()).optionalText(OutboxRow.UPDATE_ID));
            return ours ? Optional.of(next) : Optional.empty();
        }
    }

    private void moveCursor(StreamRef stream, long from, CursorRow to) {
        try {
            dynamoDb.updateItem(to.move(table, stream, from, clock.instant(), retention));
        } catch (ConditionalCheckFailedException | TransactionConflictException e) {
            // Earlier rows are unfinished, it is already there, or further, or a redrive is changing it. Whoever reads
            // next puts it right.
            return;
        }
    }

    /** The cursor's item; empty before it is first moved. */
    private Map<String, AttributeValue> cursor(StreamRef stream) {
        return dynamoDb.getItem(
                        get -> get.tableName(table).key(CursorRow.key(stream)).consistentRead(true))
                .item();
    }

    private QueryRequest rowsFrom(StreamRef stream, long next, int limit) {
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .limit(limit)
                .keyConditionExpression(TableSchema.PARTITION_KEY + " = :stream AND " + TableSchema.SORT_KEY
                        + " BETWEEN :next AND :last")
                .expressionAttributeValues(Map.of(
                        ":stream", AttributeValue.fromS(OutboxRow.partition(stream)),
                        ":next", AttributeValue.fromS(OutboxRow.sort(next)),
                        ":last", AttributeValue.fromS(LAST_ROW)))
                .build();
    }

    /** Accepts only the next number: skips what is finished, stops at a hole or when it has enough. */
    private static final class StreamReader {
        private final int limit;
        private final List<Row> rows = new ArrayList<>();
        private long expected;
        private CursorRow front;
        private boolean afterDead;
        private boolean hole;

        StreamReader(CursorRow cursor, int limit) {
            this.limit = limit;
            expected = cursor.next();
            front = cursor;
            afterDead = cursor.afterDead();
        }

        /** False when nothing more is wanted. */
        boolean accept(Map<String, AttributeValue> item) {
            Row row = OutboxRow.parse(item);
            if (row.firstSequence() != expected) {
                hole = true;
                return false;
            }
            expected = row.nextSequence();
            Attempt.Outcome last = OutboxRow.lastOutcome(item);
            if (rows.isEmpty() && last != null) {
                afterDead = last == Attempt.Outcome.DEAD;
            }
            if (!row.isFinished()) {
                rows.add(row);
            } else if (rows.isEmpty()) {
                front = new CursorRow(expected, afterDead);
            }
            return rows.size() < limit;
        }

        /** Behind the finished rows at the front. */
        CursorRow front() {
            return front;
        }

        Reading reading(@Nullable Redriven redriven) {
            return new Reading(rows, hole, afterDead, redriven);
        }
    }
}
