package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.RandomIds;
import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.emulated.SharedAws;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.EffectEncoder;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines.Answer;
import io.ringback.core.port.Timelines.Sent;
import io.ringback.testkit.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What a commit tells one receiver may be more than an item holds: then it stands in several rows. */
@ExtendWith(SharedAws.class)
class SplitRowsTest {
    private static final String CALL = "call0000000000000001";
    private static final StreamRef STREAM = new StreamRef(CALL, CallSamples.CALLBACKS);
    private static final int EVENTS = 50;
    private static final String BODY = "x".repeat(10_000);

    private final FakeClock clock = FakeClock.atNoon();
    private final DynamoDbClient client;
    private final String table;
    private final DynamoStorage storage;

    SplitRowsTest(EmulatedAws aws) {
        client = aws.dynamoDb();
        table = aws.createTable();
        storage = new DynamoStorage(client, table, clock);
    }

    @Test
    void whatIsTooMuchForARowIsReadInItsOrder() {
        commit();
        List<Outbox.Row> rows = storage.outbox().read(STREAM, 100).rows();

        assertThat(rows).hasSize(4);
        assertThat(rows.stream().flatMap(row -> row.items().stream()).map(Outbox.Item::sequence))
                .containsExactlyElementsOf(numbers());
    }

    @Test
    void eachRowIsFinishedByItself() {
        commit();
        List<Long> finished = new ArrayList<>();
        for (Outbox.Row row : storage.outbox().read(STREAM, 100).rows()) {
            Attempt last = new Attempt(row.nextSequence() - 1, clock.instant(), Attempt.Outcome.DELIVERED, 200, "");
            assertThat(storage.outbox().advance(row, row.items().size(), List.of(last), clock.instant()))
                    .isPresent();
            finished.add(CursorRow.parse(storage.item(CursorRow.key(STREAM))).next());
        }

        assertThat(finished).isSorted().endsWith(EVENTS + 1L).doesNotHaveDuplicates();
        assertThat(storage.outbox().read(STREAM, 100).rows()).isEmpty();
    }

    @Test
    void theTimelineTellsAllOfThem() {
        commit();
        Answer.Page page = (Answer.Page) storage.timelines().read(CALL, 100, null);

        assertThat(page.entries().stream().filter(Sent.class::isInstance).map(entry -> ((Sent) entry).sequence()))
                .containsExactlyElementsOf(numbers());
    }

    private void commit() {
        EffectEncoder encoder = (next, effect, at) -> new Outbox.Item(
                effect.sequence(), "event-" + effect.sequence(), "type", CallSamples.CALLBACK.uri(), at, at, BODY);
        List<Effect> effects = numbers().stream()
                .map(number -> CallSamples.event(CallSamples.CALLBACK, number, clock.instant()))
                .toList();
        ServerCall call = CallSamples.after(CallSamples.fresh(CALL, clock.instant()), effects);
        assertThat(new DynamoCallStore(client, table, encoder, new RandomIds(), clock)
                        .commit(new Commit(call, effects, CallSamples.causes(clock.instant()), clock.instant())))
                .isEqualTo(CommitResult.STORED);
    }

    private static List<Long> numbers() {
        return LongStream.rangeClosed(1, EVENTS).boxed().toList();
    }
}
