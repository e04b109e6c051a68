package io.ringback.aws.dynamodb;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.callingserver.CallLogAnswers;
import io.ringback.wire.callingserver.DeadLetterAnswers;
import io.ringback.wire.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages stay below what a function may answer, whatever receivers have answered, and lose nothing by it. */
class PageSizeTest {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final String CALL = "call0000000000000001";
    private static final StreamRef STREAM = new StreamRef(CALL, CallSamples.CALLBACKS);

    /** What Lambda takes of an answer. */
    private static final int LARGEST_ANSWER = 6 * 1024 * 1024;

    private static final int EVENTS = 20;
    private static final int ATTEMPTS = 300;

    /** The longest detail of an attempt, of a character than which none is longer in JSON. */
    private static final String DETAIL = "\u0001".repeat(256);

    private final FakeClock clock = FakeClock.atNoon();
    private DynamoStorage storage;

    @AfterAll
    static void close() {
        AWS.close();
    }

    @BeforeEach
    void giveUpManyEvents() {
        storage = new DynamoStorage(AWS.dynamoDb(), AWS.createTable(), clock);
        for (int i = 1; i <= EVENTS; i++) {
            commit(i);
            Outbox.Row row = storage.outbox().read(STREAM, 1).rows().get(0);
            assertThat(storage.outbox().advance(row, 1, attempts(i), clock.instant()))
                    .isPresent();
        }
    }

    @Test
    void aPageOfATimelineFitsAnAnswerAndTheNextOneGoesOn() {
        List<Timelines.Entry> told = new ArrayList<>();
        for (String token = ""; token != null; ) {
            Timelines.Answer.Page page = timeline(token.isEmpty() ? null : token);
            assertFits(CallLogAnswers.timeline(page));
            told.addAll(page.entries());
            token = page.continuationToken();
        }
        assertThat(told).hasSize(2 * EVENTS);
        assertThat(told)
                .filteredOn(Timelines.Sent.class::isInstance)
                .allSatisfy(
                        entry -> assertThat(((Timelines.Sent) entry).attempts()).hasSize(ATTEMPTS));
    }

    @Test
    void aPageOfDeadLettersFitsAnAnswerAndTheNextOneGoesOn() {
        List<DeadLetters.Letter> told = new ArrayList<>();
        for (String token = ""; token != null; ) {
            DeadLetters.Answer.Page page = letters(token.isEmpty() ? null : token);
            assertFits(DeadLetterAnswers.page(page));
            told.addAll(page.letters());
            token = page.continuationToken();
        }
        assertThat(told)
                .extracting(letter -> letter.event().sequence())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, EVENTS).mapToObj(Long::valueOf).toList());
    }

    private Timelines.Answer.Page timeline(@Nullable String token) {
        return (Timelines.Answer.Page) storage.timelines().read(CALL, Timelines.MOST, token);
    }

    private DeadLetters.Answer.Page letters(@Nullable String token) {
        return (DeadLetters.Answer.Page)
                storage.deadLetters().list(new DeadLetters.Question(null, null, DeadLetters.MOST, token));
    }

    /** As the body of what a function gives: a text in JSON. */
    private static void assertFits(String body) {
        String answer = Json.write(Map.of("statusCode", 200, "body", body));
        assertThat(answer.getBytes(StandardCharsets.UTF_8).length).isLessThan(LARGEST_ANSWER);
    }

    private List<Attempt> attempts(long sequence) {
        return IntStream.rangeClosed(1, ATTEMPTS)
                .mapToObj(n -> new Attempt(
                        sequence, clock.instant(), n == ATTEMPTS ? Outcome.DEAD : Outcome.FAILED, 503, DETAIL))
                .toList();
    }

    private void commit(long sequence) {
        ServerCall call = storage.calls().load(CALL).orElseGet(() -> CallSamples.fresh(CALL, clock.instant()));
        List<Effect> effects = List.of(CallSamples.event(CALLBACK, sequence, clock.instant()));
        Commit commit = CallSamples.commit(call, effects, clock.instant());
        assertThat(storage.calls().commit(commit)).isEqualTo(CommitResult.STORED);
    }
}
