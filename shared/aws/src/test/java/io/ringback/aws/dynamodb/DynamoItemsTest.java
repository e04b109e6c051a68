package io.ringback.aws.dynamodb;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.core.call.CallState;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items themselves: keys, indexes, what survives, what expires. */
class DynamoItemsTest {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final DynamoDbClient CLIENT = AWS.dynamoDb();
    private static final String CALL = "call0000000000000001";
    private static final StreamRef STREAM = new StreamRef(CALL, CALLBACKS);

    private final FakeClock clock = FakeClock.atNoon();
    private String table;
    private DynamoStorage storage;

    @AfterAll
    static void close() {
        AWS.close();
    }

    @BeforeEach
    void open() {
        table = AWS.createTable();
        storage = new DynamoStorage(CLIENT, table, clock);
    }

    @Test
    void whatANewerVersionHasPutIntoACallSurvives() {
        commit(CallSamples.fresh(CALL, clock.instant()), 0);
        CLIENT.updateItem(update -> update.tableName(table)
                .key(CallItem.key(CALL))
                .updateExpression("SET novelty = :n")
                .expressionAttributeValues(Map.of(":n", AttributeValue.fromS("kept"))));
        commit(storage.calls().load(CALL).orElseThrow(), 1);

        assertThat(storage.item(CallItem.key(CALL))).containsEntry("novelty", AttributeValue.fromS("kept"));
    }

    @Test
    void aNewerShapeIsNotRead() {
        commit(CallSamples.fresh(CALL, clock.instant()), 0);
        CLIENT.updateItem(update -> update.tableName(table)
                .key(CallItem.key(CALL))
                .updateExpression("SET shape = :n")
                .expressionAttributeValues(Map.of(":n", AttributeValue.fromN("2"))));

        assertThatThrownBy(() -> storage.calls().load(CALL))
                .isInstanceOf(NewerShapeException.class)
                .hasMessageContaining("CALL#" + CALL)
                .hasMessageContaining("shape 2");
    }

    @Test
    void theCallLogListsTheCallsOfADay() {
        Instant noon = clock.instant();
        commit(CallSamples.fresh(CALL, noon), 0);
        clock.advance(Duration.ofDays(1));
        commit(storage.calls().load(CALL).orElseThrow(), 1);

        Map<String, AttributeValue> item = storage.item(CallItem.key(CALL));
        String day = new ItemReader(item).text(TableSchema.LOG_DAY);
        assertThat(day).matches("LOG#2026-03-02#[0-3]");
        assertThat(index(TableSchema.DAY_INDEX, TableSchema.LOG_DAY, day))
                .singleElement()
                .satisfies(keys -> assertThat(keys)
                        .containsEntry(TableSchema.PARTITION_KEY, AttributeValue.fromS("CALL#" + CALL))
                        .containsEntry(TableSchema.STARTED_AT, AttributeValue.fromS("2026-03-02T12:00:00.000000000Z")));
    }

    @Test
    void aDeadLetterIsKeptWithEveryAnswerAndFound() {
        commit(CallSamples.fresh(CALL, clock.instant()), 1);
        Row row = first();
        Attempt failed = new Attempt(1, clock.instant(), Outcome.FAILED, 503, "busy");
        Row once = storage.outbox().postpone(row, failed, clock.instant()).orElseThrow();
        Attempt dead = new Attempt(1, clock.instant(), Outcome.DEAD, 410, "gone");
        storage.outbox().advance(once, 1, List.of(dead), clock.instant());

        Map<String, AttributeValue> item = storage.item(OutboxRow.key(STREAM, 1));
        assertThat(new ItemReader(item).list("attempts", ItemReader::of))
                .extracting(attempt ->
                        attempt.text("outcome") + " " + attempt.number("status") + " " + attempt.text("detail"))
                .containsExactly("FAILED 503 busy", "DEAD 410 gone");
        assertThat(item).doesNotContainKey(TableSchema.DUE_SHARD);
        String shard = new ItemReader(item).text(TableSchema.DEAD_SHARD);
        assertThat(shard).matches("DEAD#[0-3]");
        assertThat(index(TableSchema.DEAD_INDEX, TableSchema.DEAD_SHARD, shard)).hasSize(1);
    }

    @Test
    void rowsOutliveTheirCallAndNeverExpireWhileDue() {
        commit(CallSamples.fresh(CALL, clock.instant()), 1);
        assertThat(storage.item(OutboxRow.key(STREAM, 1))).doesNotContainKey(TableSchema.EXPIRES_AT);

        storage.outbox()
                .advance(
                        first(),
                        1,
                        List.of(new Attempt(1, clock.instant(), Outcome.DELIVERED, 200, "")),
                        clock.instant());
        clock.advance(Duration.ofHours(4));
        ServerCall call = storage.calls().load(CALL).orElseThrow();
        commit(CallSamples.inState(call, CallState.TERMINATED, clock.instant()), 0);

        long end = expiry(CallItem.key(CALL));
        assertThat(end).isEqualTo(clock.instant().plus(Duration.ofDays(30)).getEpochSecond());
        assertThat(expiry(OutboxRow.key(STREAM, 1))).isGreaterThan(end);
        assertThat(expiry(CursorRow.key(STREAM))).isGreaterThan(end);
        assertThat(expiry(HistoryRow.key(CALL, 1))).isGreaterThan(end);
    }

    @Test
    void theHistoryTellsCausesEffectsAndWhoLeft() {
        ServerCall rich = CallSamples.rich(CALL, clock.instant());
        Instant leftAt = clock.advance(Duration.ofSeconds(2));
        List<Effect> effects = List.of(
                CallSamples.event(CALLBACK, 1, leftAt),
                CallSamples.command(1, leftAt),
                CallSamples.event(CALLBACK, 2, leftAt));
        Commit commit = CallSamples.commit(rich, effects, leftAt);
        storage.gateways().heartbeat(CallSamples.gateway(1, leftAt));
        storage.calls().commit(commit);

        HistoryRow row = HistoryRow.parse(storage.item(HistoryRow.key(CALL, 1)));
        assertThat(row.version()).isEqualTo(1);
        assertThat(row.at()).isEqualTo(leftAt);
        assertThat(row.causes()).isEqualTo(commit.causes());
        assertThat(row.effects())
                .containsExactly(new HistoryRow.Effects(CALLBACKS, 1, 2), new HistoryRow.Effects(Target.MEDIA, 1, 1));
        assertThat(row.ended()).singleElement().satisfies(ended -> {
            assertThat(ended.participantId()).isEqualTo("participant-1");
            assertThat(ended.reason()).isEqualTo(rich.participants().get(0).endReason());
        });
    }

    private void commit(ServerCall call, int events) {
        long next = call.nextSequence().getOrDefault(CALLBACKS.key(), 1L);
        List<Effect> effects = events == 0 ? List.of() : List.of(CallSamples.event(CALLBACK, next, clock.instant()));
        assertThat(storage.calls().commit(CallSamples.commit(call, effects, clock.instant())))
                .isEqualTo(CommitResult.STORED);
    }

    private Row first() {
        return storage.outbox().read(STREAM, 1).rows().get(0);
    }

    private long expiry(Map<String, AttributeValue> key) {
        return new ItemReader(storage.item(key)).number(TableSchema.EXPIRES_AT);
    }

    private List<Map<String, AttributeValue>> index(String index, String partitionKey, String value) {
        return CLIENT.query(query -> query.tableName(table)
                        .indexName(index)
                        .keyConditionExpression(partitionKey + " = :value")
                        .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))))
                .items();
    }
}
