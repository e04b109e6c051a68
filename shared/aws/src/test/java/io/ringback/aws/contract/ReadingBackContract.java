package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACK;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACKS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallLog.Question;
import io.ringback.core.port.CallLog.Summary;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Cause;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines;
import io.ringback.core.port.Timelines.Entry;
import io.ringback.core.port.Timelines.Happened;
import io.ringback.core.port.Timelines.ParticipantEnded;
import io.ringback.core.port.Timelines.Sent;
import io.ringback.testkit.FakeClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@code CallLog} and {@code Timelines}. */
public abstract class ReadingBackContract {
    private static final String CALL = "call0000000000000001";
    private static final Question EVERYTHING = new Question(null, null, null, null, 100, null);

    private final FakeClock clock = FakeClock.atNoon();
    private Storage storage;

    /** An empty storage. */
    protected abstract Storage open(InstantSource clock) throws Exception;

    @BeforeEach
    final void openStorage() throws Exception {
        storage = open(clock);
        storage.gateways().heartbeat(CallSamples.gateway(100, clock.instant()));
    }

    // ---------------------------------------------------------------------------------------------- call log

    @Test
    void aCallIsToldInOneLine() {
        ServerCall rich = CallSamples.rich(CALL, clock.instant());
        commit(rich);

        assertThat(calls(EVERYTHING))
                .containsExactly(new Summary(
                        CALL,
                        rich.state(),
                        rich.origin(),
                        rich.startedAt(),
                        rich.establishedAt(),
                        rich.endedAt(),
                        rich.endReason(),
                        rich.connections().stream()
                                .map(Connection::callConnectionId)
                                .toList()));
    }

    @Test
    void theNewestCallComesFirstAcrossDays() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(0, create(i));
            clock.advance(Duration.ofHours(7));
        }
        assertThat(ids(EVERYTHING)).isEqualTo(ids);
    }

    @Test
    void aCallStaysWhereItBeganAndChangesItsLine() {
        create(1);
        clock.advance(Duration.ofHours(3));
        create(2);
        ServerCall first = storage.calls().load(id(1)).orElseThrow();
        commit(CallSamples.inState(first, CallState.TERMINATED, clock.instant()));

        assertThat(calls(EVERYTHING))
                .extracting(Summary::serverCallId, Summary::state)
                .containsExactly(tuple(id(2), CallState.ESTABLISHING), tuple(id(1), CallState.TERMINATED));
    }

    @Test
    void pagesGoOnExactlyWhereTheLastOneEnded() {
        for (int i = 0; i < 23; i++) {
            create(i);
            // Some at the same moment, some on another day.
            clock.advance(i % 3 == 0 ? Duration.ZERO : Duration.ofHours(2));
        }
        for (int top : new int[] {1, 2, 5, 22, 23}) {
            List<Summary> all = calls(new Question(null, null, null, null, top, null));
            assertThat(all).hasSize(23).doesNotHaveDuplicates();
            assertThat(all).isSortedAccordingTo((one, next) -> next.startedAt().compareTo(one.startedAt()));
        }
    }

    @Test
    void aCallThatBeginsWhilePagesAreReadMovesNothing() {
        for (int i = 0; i < 6; i++) {
            create(i);
            clock.advance(Duration.ofMinutes(1));
        }
        CallLog.Answer.Page first = page(new Question(null, null, null, null, 3, null));
        create(7);
        assertThat(page(new Question(null, null, null, null, 3, first.continuationToken()))
                        .calls())
                .extracting(Summary::serverCallId)
                .containsExactly(id(2), id(1), id(0));
    }

    @Test
    void callsAreFoundByTheTimeOfTheirStart() {
        Instant start = clock.instant();
        for (int i = 0; i < 5; i++) {
            create(i);
            clock.advance(Duration.ofHours(12));
        }
        Instant from = start.plus(Duration.ofHours(12));
        Instant to = start.plus(Duration.ofHours(36));
        assertThat(ids(new Question(from, to, null, null, 10, null))).containsExactly(id(2), id(1));
        assertThat(ids(new Question(from, null, null, null, 10, null))).containsExactly(id(4), id(3), id(2), id(1));
        assertThat(ids(new Question(null, from, null, null, 10, null))).containsExactly(id(0));
        assertThat(ids(new Question(to, from, null, null, 10, null))).isEmpty();
        assertThat(ids(new Question(from, from, null, null, 10, null))).isEmpty();
        assertThat(ids(new Question(from.plusNanos(1), to.plusNanos(1), null, null, 10, null)))
                .containsExactly(id(3), id(2));
        assertThat(ids(new Question(Instant.MIN, Instant.MAX, null, null, 10, null)))
                .hasSize(5);
    }

    @Test
    void callsAreFoundByStateAndByAnyNumberInThem() {
        commit(CallSamples.rich(id(1), clock.instant()));
        clock.advance(Duration.ofMinutes(1));
        create(2);

        assertThat(ids(new Question(null, null, CallState.ESTABLISHED, null, 10, null)))
                .containsExactly(id(1));
        assertThat(ids(new Question(null, null, CallState.TERMINATED, null, 10, null)))
                .isEmpty();
        assertThat(ids(new Question(null, null, null, "+15555550100", 10, null)))
                .containsExactly(id(1));
        assertThat(ids(new Question(null, null, null, "+15555550199", 10, null)))
                .containsExactly(id(2));
        assertThat(ids(new Question(null, null, CallState.ESTABLISHED, "+15555550199", 10, null)))
                .isEmpty();
        assertThat(ids(new Question(null, null, null, "+1555555010", 10, null))).isEmpty();
    }

    @Test
    void aCallThatIsNoLongerKeptIsNotInTheLog() {
        commit(CallSamples.inState(CallSamples.fresh(CALL, clock.instant()), CallState.TERMINATED, clock.instant()));
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(ids(EVERYTHING)).containsExactly(CALL);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ids(EVERYTHING)).isEmpty();
    }

    @Test
    void aTokenOfAnotherQuestionOrNoneAtAllIsRefused() {
        create(1);
        create(2);
        String token = requireNonNull(
                page(new Question(null, null, null, null, 1, null)).continuationToken());
        assertThat(token).matches("[A-Za-z0-9_-]+");

        for (String wrong : tampered(token)) {
            assertThat(storage.log().list(new Question(null, null, null, null, 1, wrong)))
                    .isInstanceOf(CallLog.Answer.InvalidToken.class);
        }
        assertThat(storage.log().list(new Question(null, null, CallState.ESTABLISHED, null, 1, token)))
                .isInstanceOf(CallLog.Answer.InvalidToken.class);
        assertThat(storage.log().list(new Question(null, null, null, "+15555550100", 1, token)))
                .isInstanceOf(CallLog.Answer.InvalidToken.class);
        assertThat(storage.log().list(new Question(null, null, null, null, 7, token)))
                .isInstanceOf(CallLog.Answer.Page.class);
    }

    // ---------------------------------------------------------------------------------------------- timeline

    @Test
    void theTimelineTellsCausesWhoLeftAndWhatWasSent() {
        Instant now = clock.instant();
        ServerCall rich = CallSamples.rich(CALL, now);
        Instant leftAt = clock.advance(Duration.ofSeconds(2));
        Cause cause = new Cause(Cause.Kind.MEDIA_EVENT, "LegEnded", now.plusMillis(1500), Map.of("reason", "BUSY"));
        List<Effect> effects = List.of(
                CallSamples.event(CALLBACK, 1, leftAt),
                CallSamples.command(1, leftAt),
                CallSamples.event(CALLBACK, 2, leftAt));
        commit(new Commit(CallSamples.after(rich, effects), effects, List.of(cause), leftAt));

        assertThat(timeline(100))
                .containsExactly(
                        new Happened(1, cause),
                        new ParticipantEnded(
                                1,
                                leftAt,
                                "participant-1",
                                rich.participants().get(0).identifier(),
                                rich.participants().get(0).endReason()),
                        event(leftAt, 1),
                        event(leftAt, 2),
                        new Sent(
                                1,
                                leftAt,
                                Target.MEDIA,
                                1,
                                "DialLeg",
                                "DialLeg",
                                null,
                                Map.of(
                                        "participantId", "participant-1",
                                        "target", "4:+15555550101",
                                        "ringTimeout", "PT1M",
                                        "notAfter", leftAt.plusSeconds(60).toString()),
                                List.of()));
    }

    @Test
    void theDetailsKeepTheirOrder() {
        Cause cause = new Cause(
                Cause.Kind.REQUEST, "CreateCall", clock.instant(), Map.of("z", "1", "a", "2", "m", "3", "b", "4"));
        commit(new Commit(CallSamples.fresh(CALL, clock.instant()), List.of(), List.of(cause), clock.instant()));

        Happened happened = (Happened) timeline(1).get(0);
        assertThat(List.copyOf(happened.cause().details().entrySet()))
                .isEqualTo(List.copyOf(cause.details().entrySet()));
    }

    @Test
    void everyAttemptIsToldWithItsAnswer() {
        Instant now = clock.instant();
        List<Effect> effects = List.of(CallSamples.event(CALLBACK, 1, now), CallSamples.event(CALLBACK, 2, now));
        commit(CallSamples.after(CallSamples.fresh(CALL, now), effects), effects);
        StreamRef stream = new StreamRef(CALL, CALLBACKS);
        Row row = storage.outbox().read(stream, 1).rows().get(0);
        Attempt failed = new Attempt(1, clock.advance(Duration.ofSeconds(1)), Outcome.FAILED, 503, "busy");
        row = storage.outbox().postpone(row, failed, clock.instant()).orElseThrow();
        assertThat(sent()).extracting(Sent::attempts).containsExactly(List.of(failed), List.of());

        Attempt dead = new Attempt(1, clock.advance(Duration.ofSeconds(1)), Outcome.DEAD, 410, "gone");
        Attempt delivered = new Attempt(2, clock.advance(Duration.ofSeconds(1)), Outcome.DELIVERED, 200, "");
        storage.outbox().advance(row, 2, List.of(dead, delivered), clock.instant());
        assertThat(sent()).extracting(Sent::attempts).containsExactly(List.of(failed, dead), List.of(delivered));
    }

    @Test
    void aTimelineIsReadPageByPageInTheOrderOfItsCommits() {
        for (int i = 0; i < 7; i++) {
            ServerCall call = storage.calls().load(CALL).orElseGet(() -> CallSamples.fresh(CALL, clock.instant()));
            List<Effect> effects = new ArrayList<>();
            for (int n = 0; n < i % 4; n++) {
                effects.add(CallSamples.event(CALLBACK, next(call, CALLBACKS) + n, clock.instant()));
                effects.add(CallSamples.event(OTHER_CALLBACK, next(call, OTHER_CALLBACKS) + n, clock.instant()));
            }
            commit(CallSamples.after(call, effects), effects);
            clock.advance(Duration.ofSeconds(1));
        }
        List<Entry> whole = timeline(Timelines.MOST);
        assertThat(whole).hasSize(7 + 2 * 9).doesNotHaveDuplicates();
        assertThat(whole).isSortedAccordingTo((one, next) -> Long.compare(one.version(), next.version()));
        for (int top : new int[] {1, 2, 3, 24, 25}) {
            assertThat(timeline(top)).isEqualTo(whole);
        }
    }

    @Test
    void aTimelineThatGrowsIsReadOnFromWhereItEnded() {
        commit(CallSamples.fresh(CALL, clock.instant()));
        commit(storage.calls().load(CALL).orElseThrow());
        Timelines.Answer.Page first = timelinePage(1, null);
        commit(storage.calls().load(CALL).orElseThrow());
        Timelines.Answer.Page rest = timelinePage(10, first.continuationToken());

        assertThat(first.entries()).extracting(Entry::version).containsExactly(1L);
        assertThat(rest.entries()).extracting(Entry::version).containsExactly(2L, 3L);
        assertThat(rest.continuationToken()).isNull();
    }

    @Test
    void anUnknownCallHasNoTimeline() {
        assertThat(storage.timelines().read(CALL, 1, null)).isInstanceOf(Timelines.Answer.UnknownCall.class);
        assertThat(storage.timelines().read("no id at all", 1, null)).isInstanceOf(Timelines.Answer.UnknownCall.class);

        commit(CallSamples.inState(CallSamples.fresh(CALL, clock.instant()), CallState.TERMINATED, clock.instant()));
        clock.advance(Duration.ofDays(30));
        assertThat(storage.timelines().read(CALL, 1, null)).isInstanceOf(Timelines.Answer.UnknownCall.class);
    }

    @Test
    void aTokenOfAnotherCallOrNoneAtAllIsRefused() {
        for (String call : List.of(CALL, id(2))) {
            commit(CallSamples.fresh(call, clock.instant()));
            commit(storage.calls().load(call).orElseThrow());
        }
        String token = requireNonNull(timelinePage(1, null).continuationToken());
        for (String wrong : tampered(token)) {
            assertThat(storage.timelines().read(CALL, 1, wrong)).isInstanceOf(Timelines.Answer.InvalidToken.class);
        }
        assertThat(storage.timelines().read(id(2), 1, token)).isInstanceOf(Timelines.Answer.InvalidToken.class);
        assertThat(storage.timelines().read(CALL, 1, token)).isInstanceOf(Timelines.Answer.Page.class);
    }

    // ----------------------------------------------------------------------------------------------- helpers

    private static String id(int number) {
        return String.format(Locale.ROOT, "call%016d", number);
    }

    private String create(int number) {
        commit(CallSamples.fresh(id(number), clock.instant()));
        return id(number);
    }

    private void commit(ServerCall call) {
        commit(call, List.of());
    }

    private void commit(ServerCall call, List<Effect> effects) {
        commit(new Commit(call, effects, CallSamples.causes(clock.instant()), clock.instant()));
    }

    private void commit(Commit commit) {
        assertThat(storage.calls().commit(commit)).isEqualTo(CommitResult.STORED);
    }

    private static long next(ServerCall call, Target target) {
        return call.nextSequence().getOrDefault(target.key(), 1L);
    }

    private List<String> ids(Question question) {
        return calls(question).stream().map(Summary::serverCallId).toList();
    }

    /** All pages together. */
    private List<Summary> calls(Question question) {
        List<Summary> calls = new ArrayList<>();
        String token = null;
        do {
            CallLog.Answer.Page page = page(new Question(
                    question.from(), question.to(), question.state(), question.phoneNumber(), question.top(), token));
            assertThat(page.calls()).hasSizeLessThanOrEqualTo(question.top());
            calls.addAll(page.calls());
            token = page.continuationToken();
        } while (token != null);
        return calls;
    }

    private CallLog.Answer.Page page(Question question) {
        return (CallLog.Answer.Page) storage.log().list(question);
    }

    /** All pages together. */
    private List<Entry> timeline(int top) {
        List<Entry> entries = new ArrayList<>();
        String token = null;
        do {
            Timelines.Answer.Page page = timelinePage(top, token);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(top);
            entries.addAll(page.entries());
            token = page.continuationToken();
        } while (token != null);
        return entries;
    }

    private Timelines.Answer.Page timelinePage(int top, @Nullable String token) {
        return (Timelines.Answer.Page) storage.timelines().read(CALL, top, token);
    }

    private List<Sent> sent() {
        return timeline(10).stream()
                .filter(Sent.class::isInstance)
                .map(Sent.class::cast)
                .toList();
    }

    private static Sent event(Instant at, long sequence) {
        return new Sent(
                1,
                at,
                CALLBACKS,
                sequence,
                "event-" + sequence,
                "ConnectionStateChanged",
                URI.create("https://app.example/callbacks"),
                Map.of("state", "ESTABLISHED"),
                List.of());
    }

    private static List<String> tampered(String token) {
        char middle = token.charAt(token.length() / 2);
        return List.of(
                "",
                "A",
                "not a token!",
                "A".repeat(5000),
                token + "A",
                token.substring(4),
                token.replace(middle, middle == 'x' ? 'y' : 'x'));
    }
}
