package io.ringback.aws.dynamodb;

import io.ringback.core.call.CallIds;
import io.ringback.core.decision.Target;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Timelines from the history rows of a call and the outbox rows of the same commits. A page asks once for the history
 * and once for each stream that had effects in it, however long the call was.
 */
public final class DynamoTimelines implements Timelines {
    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    public DynamoTimelines(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Answer read(String serverCallId, int top, @Nullable String continuationToken) {
        if (!exists(serverCallId)) {
            return new Answer.UnknownCall();
        }
        Optional<TimelinePosition> start = TimelinePosition.of(serverCallId, continuationToken);
        if (start.isEmpty()) {
            return new Answer.InvalidToken();
        }
        History history = history(serverCallId, start.get(), top);
        TimelinePage page = new TimelinePage(start.get(), top, clock.instant());
        Map<Target, Map<Long, Map<String, AttributeValue>>> outbox = outbox(serverCallId, history.commits());
        for (HistoryRow commit : history.commits()) {
            if (!page.add(commit, outbox)) {
                break;
            }
        }
        return page.answer(serverCallId, history.more());
    }

    /** @param more whether others are behind them */
    private record History(List<HistoryRow> commits, boolean more) {}

    private boolean exists(String serverCallId) {
        if (CallIds.serverCall(serverCallId).isEmpty()) {
            return false;
        }
        GetItemResponse response = dynamoDb.getItem(get -> get.tableName(table)
                .key(CallItem.key(serverCallId))
                .consistentRead(true)
                .projectionExpression(TableSchema.PARTITION_KEY + ", " + TableSchema.EXPIRES_AT));
        return response.hasItem() && !CallItem.isExpired(response.item(), clock.instant());
    }

    /** The commits from there on, with one entry more than the page may have if there is one. */
    private History history(String serverCallId, TimelinePosition start, int top) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .limit(top + 1)
                .keyConditionExpression(TableSchema.PARTITION_KEY + " = :call AND " + TableSchema.SORT_KEY
                        + " BETWEEN :first AND :last")
                .expressionAttributeValues(Map.of(
                        ":call", AttributeValue.fromS(CallItem.partition(serverCallId)),
                        ":first", AttributeValue.fromS(HistoryRow.sort(start.version())),
                        ":last", AttributeValue.fromS(HistoryRow.LAST)))
                .build();
        List<HistoryRow> commits = new ArrayList<>();
        long wanted = (long) start.offset() + top + 1;
        for (Map<String, AttributeValue> item : dynamoDb.queryPaginator(query).items()) {
            HistoryRow commit = HistoryRow.parse(item);
            if (wanted <= 0 || commit.version() != start.version() + commits.size()) {
                // Enough; or one that was written while the query passed it.
                return new History(commits, true);
            }
            commits.add(commit);
            wanted -= commit.size();
        }
        return new History(commits, false);
    }

    /** The outbox rows of these commits by stream and first number. */
    private Map<Target, Map<Long, Map<String, AttributeValue>>> outbox(String serverCallId, List<HistoryRow> commits) {
        Map<Target, LongSummaryStatistics> ranges = commits.stream()
                .flatMap(commit -> commit.effects().stream())
                .collect(Collectors.groupingBy(
                        HistoryRow.Effects::target, Collectors.summarizingLong(HistoryRow.Effects::firstSequence)));
        Map<Target, Map<Long, Map<String, AttributeValue>>> outbox = new HashMap<>();
        ranges.forEach((target, range) ->
                outbox.put(target, rows(new StreamRef(serverCallId, target), range.getMin(), range.getMax())));
        return outbox;
    }

    private Map<Long, Map<String, AttributeValue>> rows(StreamRef stream, long first, long last) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression(TableSchema.PARTITION_KEY + " = :stream AND " + TableSchema.SORT_KEY
                        + " BETWEEN :first AND :last")
                .projectionExpression("#sort, #items, #details, #attempts")
                .expressionAttributeNames(Map.of(
                        "#sort", TableSchema.SORT_KEY,
                        "#items", OutboxRow.ITEMS,
                        "#details", OutboxRow.DETAILS,
                        "#attempts", OutboxRow.ATTEMPTS))
                .expressionAttributeValues(Map.of(
                        ":stream", AttributeValue.fromS(OutboxRow.partition(stream)),
                        ":first", AttributeValue.fromS(OutboxRow.sort(first)),
                        ":last", AttributeValue.fromS(OutboxRow.sort(last))))
                .build();
        Map<Long, Map<String, AttributeValue>> rows = new HashMap<>();
        for (Map<String, AttributeValue> row : dynamoDb.queryPaginator(query).items()) {
            rows.put(Long.valueOf(new ItemReader(row).text(TableSchema.SORT_KEY)), row);
        }
        return rows;
    }
}
