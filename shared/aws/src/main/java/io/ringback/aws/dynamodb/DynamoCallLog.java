package io.ringback.aws.dynamodb;

import io.ringback.core.port.CallLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The call log from the index of days: from the newest day to the oldest, a bounded number of queries at a time. */
public final class DynamoCallLog implements CallLog {
    /** How many queries a page may cost: ten days without a call. */
    static final int QUERIES = 40;

    /** Clocks of functions and gateways differ by less. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** A call is kept from its end on, and lasts less long. */
    private static final Duration LONGEST_CALL = Duration.ofDays(1);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;
    private final Duration retention;

    public DynamoCallLog(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this(dynamoDb, table, clock, Retention.DEFAULT);
    }

    /** @param retention how long a call is kept after its end, as for the call store */
    public DynamoCallLog(DynamoDbClient dynamoDb, String table, InstantSource clock, Duration retention) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
        this.retention = retention;
    }

    @Override
    public Answer list(Question question) {
        Instant now = clock.instant();
        LocalDate newest = day(earlier(question.to(), now.plus(SKEW)));
        LocalDate oldest = day(later(question.from(), now.minus(retention).minus(LONGEST_CALL)));
        LogPosition position = LogPosition.atEndOf(newest);
        if (question.continuationToken() != null) {
            Optional<LogPosition> behind = LogPosition.of(question, question.continuationToken());
            if (behind.isEmpty() || behind.get().day().isAfter(newest)) {
                return new Answer.InvalidToken();
            }
            position = behind.get();
        }
        return page(question, position, oldest, now);
    }

    private Answer.Page page(Question question, LogPosition start, LocalDate oldest, Instant now) {
        List<Summary> calls = new ArrayList<>();
        int queries = 0;
        for (LogPosition at = start; !at.day().isBefore(oldest); ) {
            DayReader day = new DayReader(dynamoDb, table, at, question);
            Map<String, AttributeValue> item = Map.of();
            while (item != null) {
                if (calls.size() == question.top() || queries + day.queries() + day.queriesForNext() > QUERIES) {
                    return new Answer.Page(calls, day.position().token(question));
                }
                item = day.next();
                if (item != null) {
                    LogEntry.parse(item)
                            .filter(entry -> entry.answers(question) && !entry.isExpired(now, retention))
                            .ifPresent(entry -> calls.add(entry.summary()));
                }
            }
            queries += day.queries();
            at = LogPosition.atEndOf(at.day().minusDays(1));
        }
        return new Answer.Page(calls, null);
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Instant earlier(@Nullable Instant bound, Instant other) {
        return bound == null || bound.isAfter(other) ? other : bound;
    }

    private static Instant later(@Nullable Instant bound, Instant other) {
        return bound == null || bound.isBefore(other) ? other : bound;
    }
}
