package io.ringback.aws.dynamodb;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.PageToken;
import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.emulated.RequestMeter;
import io.ringback.core.call.CallState;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallLog.Question;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines;
import io.ringback.core.port.Timelines.Entry;
import io.ringback.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What reading back costs, and what it does with what only the real table makes: torn reads, forged positions. */
class DynamoReadingBackTest {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final DynamoDbClient CLIENT = AWS.dynamoDb();
    private static final String CALL = "call0000000000000001";
    private static final StreamRef STREAM = new StreamRef(CALL, CallSamples.CALLBACKS);

    private final FakeClock clock = FakeClock.atNoon();
    private String table;
    private DynamoStorage storage;
    private RequestMeter meter;
    private DynamoStorage metered;

    @AfterAll
    static void close() {
        AWS.close();
    }

    @BeforeEach
    void open() {
        table = AWS.createTable();
        storage = new DynamoStorage(CLIENT, table, clock);
        meter = new RequestMeter(CLIENT, table);
        metered = new DynamoStorage(AWS.dynamoDb(meter), table, clock);
    }

    @Test
    void aPageOfTheLogCostsABoundedNumberOfQueriesAndQuietDaysAreReadOnFrom() {
        commit(CallSamples.fresh(CALL, clock.instant()), 0);
        clock.advance(Duration.ofDays(25));

        int pages = 0;
        List<String> found = new ArrayList<>();
        for (String token = ""; token != null; pages++) {
            CallLog.Answer.Page page = (CallLog.Answer.Page)
                    metered.log().list(new Question(null, null, null, null, 10, token.isEmpty() ? null : token));
            assertThat(meter.take().count("Query")).isBetween(1, DynamoCallLog.QUERIES);
            page.calls().forEach(call -> found.add(call.serverCallId()));
            token = page.continuationToken();
        }
        assertThat(found).containsExactly(CALL);
        // Thirty-two days of four keys each.
        assertThat(pages).isBetween(4, 5);
    }

    @Test
    void aRareStateIsLookedForABoundedTimeOnly() {
        int calls = 4 * DayReader.BATCH;
        for (int i = 0; i < calls; i++) {
            commit(CallSamples.fresh(String.format(Locale.ROOT, "call%016d", i), clock.instant()), 0);
        }
        Question rare = new Question(clock.instant(), null, CallState.TERMINATED, null, 10, null);
        CallLog.Answer.Page page = (CallLog.Answer.Page) metered.log().list(rare);

        assertThat(page.calls()).isEmpty();
        assertThat(meter.take().count("Query")).isBetween(LogEntry.SHARDS, calls / DayReader.BATCH + LogEntry.SHARDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-02",
                "2026-03-02||||||||x",
                "tomorrow||||||||",
                "+999999999-12-31||||||||",
                "2026-03-02|2026-03-02T12:00:00.000000000Z|no id||||||",
                "2026-03-02|2026-03-02T12:00:00Z|call0000000000000001||||||",
                "2026-03-02|noon|call0000000000000001||||||",
                "2026-03-02||call0000000000000001||||||",
                "2026-03-02|2026-03-01T23:59:59.999999999Z|call0000000000000001||||||",
                "2026-03-02|2026-03-03T00:00:00.000000000Z|call0000000000000001||||||"
            })
    void aForgedPositionInTheLogIsRefused(String position) {
        String token = PageToken.seal("calls null null null null", List.of(position.split("\\|", -1)));
        assertThat(storage.log().list(new Question(null, null, null, null, 10, token)))
                .isInstanceOf(CallLog.Answer.InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1|x", "0|0", "1|-1", "1|0|0", "9999999999999|0", "99999999999999999999|0"})
    void aForgedPositionInATimelineIsRefused(String position) {
        commit(CallSamples.fresh(CALL, clock.instant()), 0);
        String token = PageToken.seal("timeline " + CALL, List.of(position.split("\\|", -1)));
        assertThat(storage.timelines().read(CALL, 1, token)).isInstanceOf(Timelines.Answer.InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "noon||||||||||||||||0",
                "2026-03-02T12:00:00Z|||||||||||||||x",
                "+1000000000-12-31T23:59:59Z|||||||||||||||0",
                "-0001-01-01T00:00:00Z|||||||||||||||0",
                "2026-03-02T12:00:00Z|2026-03-02T12:00:00.000000001Z|OUT#call0000000000000001#media|000000000001||||||||||||0",
                "2026-03-02T12:00:00Z|1969-12-31T23:59:59.000000000Z|OUT#call0000000000000001#media|000000000001||||||||||||0",
                "2026-03-02T12:00:00Z|2026-03-02T12:00:00.000000000Z|CALL#call0000000000000001|000000000001||||||||||||0"
            })
    void aForgedPositionAmongTheDeadLettersIsRefused(String position) {
        String token = PageToken.seal("dead letters null null", List.of(position.split("\\|", -1)));
        assertThat(storage.deadLetters().list(new DeadLetters.Question(null, null, 1, token)))
                .isInstanceOf(DeadLetters.Answer.InvalidToken.class);
    }

    @Test
    void aPositionBehindTheEndOfATimelineIsItsEnd() {
        commit(CallSamples.fresh(CALL, clock.instant()), 0);
        for (String position : List.of("1|7", "9|0", "999999999999|2147483647")) {
            String token = PageToken.seal("timeline " + CALL, List.of(position.split("\\|")));
            assertThat(storage.timelines().read(CALL, 1, token)).isEqualTo(new Timelines.Answer.Page(List.of(), null));
        }
    }

    @Test
    void aPageOfATimelineCostsOneReadOfTheHistoryAndOneOfEachStream() {
        for (int i = 0; i < 60; i++) {
            commit(storage.calls().load(CALL).orElseGet(() -> CallSamples.fresh(CALL, clock.instant())), 1);
        }
        assertThat(page(metered, 50, null).entries()).hasSize(50);
        assertThat(meter.take().count("Query")).isLessThanOrEqualTo(3);
    }

    @Test
    void aCommitWhoseEffectsAreNotSeenYetIsToldLater() {
        commit(CallSamples.fresh(CALL, clock.instant()), 1);
        commit(storage.calls().load(CALL).orElseThrow(), 2);
        commit(storage.calls().load(CALL).orElseThrow(), 1);
        List<Entry> whole = page(storage, 100, null).entries();
        storage.hide(STREAM, 2);

        Timelines.Answer.Page torn = page(storage, 100, null);
        assertThat(torn.entries()).isEqualTo(whole.subList(0, 3));
        assertThat(torn.continuationToken()).isNotNull();
        assertThat(page(storage, 100, torn.continuationToken()).entries()).isEmpty();

        storage.revealAll();
        assertThat(page(storage, 100, torn.continuationToken()).entries()).isEqualTo(whole.subList(3, whole.size()));
    }

    @Test
    void effectsThatAreGoneForGoodDoNotHoldATimelineUp() {
        commit(CallSamples.fresh(CALL, clock.instant()), 2);
        commit(storage.calls().load(CALL).orElseThrow(), 1);
        storage.hide(STREAM, 1);
        clock.advance(Duration.ofMinutes(1));

        for (int top = 1; top < 5; top++) {
            List<Long> versions = new ArrayList<>();
            for (String token = ""; token != null; ) {
                Timelines.Answer.Page page = page(storage, top, token.isEmpty() ? null : token);
                page.entries().forEach(entry -> versions.add(entry.version()));
                token = page.continuationToken();
            }
            assertThat(versions).containsExactly(1L, 2L, 2L);
        }
    }

    private static Timelines.Answer.Page page(DynamoStorage storage, int top, @Nullable String token) {
        return (Timelines.Answer.Page) storage.timelines().read(CALL, top, token);
    }

    /** Commits so many events. */
    private void commit(ServerCall call, int events) {
        long next = call.nextSequence().getOrDefault(CallSamples.CALLBACKS.key(), 1L);
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            effects.add(CallSamples.event(CALLBACK, next + i, clock.instant()));
        }
        Commit commit = CallSamples.commit(call, effects, clock.instant());
        assertThat(storage.calls().commit(commit)).isEqualTo(CommitResult.STORED);
    }
}
