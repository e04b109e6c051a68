package io.ringback.aws.dynamodb;

import io.ringback.aws.DeadLetterId;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Ids;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Dead letters from their index, which tells which rows have some; each row is then read by itself, strongly consistent.
 * A page costs a bounded number of queries and rows.
 */
public final class DynamoDeadLetters implements DeadLetters {
    /** How many queries of a hundred keys a page may cost. */
    static final int QUERIES = 40;

    /** How many rows a page may cost. */
    static final int ROWS = 200;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Ids ids;
    private final InstantSource clock;
    private final RedrivenRows rows;

    public DynamoDeadLetters(DynamoDbClient dynamoDb, String table, Ids ids, InstantSource clock) {
        this(dynamoDb, table, ids, clock, Retention.DEFAULT);
    }

    /** @param retention how long a finished row is kept, as for the outbox */
    public DynamoDeadLetters(DynamoDbClient dynamoDb, String table, Ids ids, InstantSource clock, Duration retention) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.ids = ids;
        this.clock = clock;
        this.rows = new RedrivenRows(dynamoDb, table, ids, retention);
    }

    @Override
    public Answer list(Question question) {
        Instant now = clock.instant();
        DeadPosition start = DeadPosition.start(now);
        if (question.continuationToken() != null) {
            Optional<DeadPosition> behind = DeadPosition.of(question, question.continuationToken());
            if (behind.isEmpty()) {
                return new Answer.InvalidToken();
            }
            start = behind.get();
        }
        return page(question, start, now);
    }

    @Override
    public Redrive redrive(String id, @Nullable FirstAnswer firstAnswer) {
        return DeadLetterId.parse(id)
                .map(letter -> rows.redrive(letter, firstAnswer, clock.instant()))
                .orElseGet(Redrive.Unknown::new);
    }

    @Override
    public boolean remember(FirstAnswer firstAnswer) {
        return rows.remember(firstAnswer, ids.newId());
    }

    private Answer.Page page(Question question, DeadPosition start, Instant now) {
        DeadReader reader = new DeadReader(dynamoDb, table, start, now.minus(KEPT));
        DeadPage page = new DeadPage(question, now);
        int read = 0;
        for (Map<String, AttributeValue> keys = reader.peek(); keys != null; keys = reader.peek()) {
            if (page.isFull() || read == ROWS || reader.queries() >= QUERIES) {
                return page.answer(reader.position(DeadPosition.Within.NONE));
            }
            if (page.mayHold(stream(keys))) {
                read++;
                Optional<DeadRow> row = rows.load(stream(keys), firstSequence(keys));
                long told = row.isPresent() ? page.add(row.get(), start.within().told(keys)) : DeadPage.ALL;
                if (told != DeadPage.ALL) {
                    return page.answer(reader.position(DeadPosition.Within.of(keys, told)));
                }
            }
            reader.take();
        }
        return page.last();
    }

    private static StreamRef stream(Map<String, AttributeValue> keys) {
        return OutboxRow.stream(new ItemReader(keys).text(TableSchema.PARTITION_KEY));
    }

    private static long firstSequence(Map<String, AttributeValue> keys) {
        return Long.parseLong(new ItemReader(keys).text(TableSchema.SORT_KEY));
    }
}
