package io.ringback.aws.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.ServerCall;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallLog.Question;
import io.ringback.core.port.CallLog.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@code CallLog}. */
public abstract class CallLogContract extends ReadingBackContract {
    private static final Question EVERYTHING = new Question(null, null, null, null, 100, null);

    @Test
    void aCallIsToldInOneLine() {
        ServerCall rich = CallSamples.rich(CALL, clock.instant());
        store(rich);

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
        store(CallSamples.inState(first, CallState.TERMINATED, clock.instant()));

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
        store(CallSamples.rich(id(1), clock.instant()));
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
        store(CallSamples.inState(CallSamples.fresh(CALL, clock.instant()), CallState.TERMINATED, clock.instant()));
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

    private String create(int number) {
        store(CallSamples.fresh(id(number), clock.instant()));
        return id(number);
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
}
