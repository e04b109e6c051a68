package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACK;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.DeadLetterId;
import io.ringback.core.call.Callback;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.DeadLetters.Answer;
import io.ringback.core.port.DeadLetters.Letter;
import io.ringback.core.port.DeadLetters.Question;
import io.ringback.core.port.DeadLetters.Redrive;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Redriven;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines;
import io.ringback.testkit.FakeClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@code DeadLetters}, and of what {@code Outbox} says of letters that wait to be sent again. */
public abstract class DeadLettersContract {
    private static final String CALL = "call0000000000000001";
    private static final String OTHER_CALL = "call0000000000000002";
    private static final StreamRef STREAM = new StreamRef(CALL, CALLBACKS);

    private final FakeClock clock = FakeClock.atNoon();
    private Storage storage;

    /** An empty storage. */
    protected abstract Storage open(InstantSource clock) throws Exception;

    @BeforeEach
    final void openStorage() throws Exception {
        storage = open(clock);
        storage.gateways().heartbeat(CallSamples.gateway(100, clock.instant()));
    }

    // ------------------------------------------------------------------------------------------------- lists

    @Test
    void aLetterTellsItsEventAndEveryAnswer() {
        commit(CALL, CALLBACK, 1);
        Attempt failed = attempt(1, Outcome.FAILED, 503);
        Row once = storage.outbox()
                .postpone(first(STREAM), failed, clock.instant())
                .orElseThrow();
        clock.advance(Duration.ofSeconds(1));
        Attempt dead = attempt(1, Outcome.DEAD, 410);
        storage.outbox().advance(once, 1, List.of(dead), clock.instant());

        assertThat(all()).singleElement().satisfies(letter -> {
            assertThat(letter.id()).matches("[A-Za-z0-9_-]+");
            assertThat(letter.stream()).isEqualTo(STREAM);
            assertThat(letter.event()).isEqualTo(once.items().get(0));
            assertThat(letter.destination()).isEqualTo(URI.create("https://app.example/callbacks"));
            assertThat(letter.deadAt()).isEqualTo(clock.instant());
            assertThat(letter.attempts()).containsExactly(failed, dead);
        });
    }

    @Test
    void onlyEventsThatWereGivenUpAreLetters() {
        commit(CALL, CALLBACK, 3);
        advance(first(STREAM), Outcome.DELIVERED, Outcome.DEAD, Outcome.VOID);
        commit(CALL, CALLBACK, 1);
        List<Effect> order = List.of(CallSamples.command(1, clock.instant()));
        commit(CALL, order);
        StreamRef media = new StreamRef(CALL, Target.MEDIA);
        advance(first(media), Outcome.DEAD);

        assertThat(all()).extracting(letter -> letter.event().sequence()).containsExactly(2L);
    }

    @Test
    void theLongestDeadComesFirst() {
        commit(CALL, CALLBACK, 1);
        commit(CALL, OTHER_CALLBACK, 1);
        commit(OTHER_CALL, CALLBACK, 1);
        List<StreamRef> inOrder =
                List.of(new StreamRef(OTHER_CALL, CALLBACKS), STREAM, new StreamRef(CALL, OTHER_CALLBACKS));
        for (StreamRef stream : inOrder) {
            advance(first(stream), Outcome.DEAD);
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(all()).extracting(Letter::stream).isEqualTo(inOrder);
    }

    @Test
    void pagesGoOnWhereTheLastOneEndedWithinARowToo() {
        for (int i = 1; i <= 6; i++) {
            String call = String.format(Locale.ROOT, "call%016d", i);
            commit(call, CALLBACK, 3);
            advance(first(new StreamRef(call, CALLBACKS)), Outcome.DEAD, Outcome.DELIVERED, Outcome.DEAD);
            clock.advance(Duration.ofMillis(1));
        }
        List<Letter> whole = all();
        assertThat(whole).hasSize(12);

        for (int top : List.of(1, 2, 3, 5, 12)) {
            assertThat(pages(new Question(null, null, top, null)))
                    .as("top %d", top)
                    .isEqualTo(whole);
        }
    }

    @Test
    void whatDiesAfterTheFirstPageIsNotInTheOthers() {
        commit(CALL, CALLBACK, 1);
        commit(OTHER_CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DEAD);
        clock.advance(Duration.ofSeconds(1));
        advance(first(new StreamRef(OTHER_CALL, CALLBACKS)), Outcome.DEAD);
        Answer.Page page = page(new Question(null, null, 1, null));
        clock.advance(Duration.ofSeconds(1));
        commit(CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DEAD);

        assertThat(page(new Question(null, null, 10, page.continuationToken())).letters())
                .extracting(letter -> letter.stream().serverCallId())
                .containsExactly(OTHER_CALL);
        assertThat(all()).hasSize(3);
    }

    @Test
    void lettersOfACallOrToAReceiverCanBeAskedFor() {
        commit(CALL, CALLBACK, 1);
        commit(CALL, OTHER_CALLBACK, 1);
        commit(OTHER_CALL, CALLBACK, 1);
        for (StreamRef stream :
                List.of(STREAM, new StreamRef(CALL, OTHER_CALLBACKS), new StreamRef(OTHER_CALL, CALLBACKS))) {
            advance(first(stream), Outcome.DEAD);
        }

        assertThat(pages(new Question(CALL, null, 1, null))).hasSize(2);
        assertThat(pages(new Question("call0000000000000009", null, 1, null))).isEmpty();
        assertThat(to("https://app.example")).hasSize(2);
        assertThat(to("https://APP.example:443/call")).hasSize(2);
        assertThat(to("https://app.example/callbacks/more")).isEmpty();
        assertThat(to("http://app.example")).isEmpty();
        assertThat(to("https://app.example.org")).isEmpty();
        assertThat(to("https://other.example/recordings")).hasSize(1);
    }

    @Test
    void aTokenThatIsNotOursIsRefused() {
        commit(CALL, CALLBACK, 2);
        advance(first(STREAM), Outcome.DEAD, Outcome.DEAD);
        String token = page(new Question(null, null, 1, null)).continuationToken();

        assertThat(token).isNotNull();
        assertThat(storage.deadLetters().list(new Question(CALL, null, 1, token)))
                .isEqualTo(new Answer.InvalidToken());
        assertThat(storage.deadLetters().list(new Question(null, null, 1, token + "A")))
                .isEqualTo(new Answer.InvalidToken());
    }

    @Test
    void aLetterIsKeptForSevenDays() {
        commit(CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DEAD);
        String id = all().get(0).id();

        clock.advance(Duration.ofDays(7).minusMillis(1));
        assertThat(all()).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(all()).isEmpty();
        assertThat(storage.deadLetters().redrive(id, null)).isEqualTo(new Redrive.Unknown());
    }

    // ---------------------------------------------------------------------------------------------- redrives

    @Test
    void aLetterThatIsToBeSentAgainWaitsInItsStream() {
        commit(CALL, CALLBACK, 2);
        Row row = first(STREAM);
        advance(row, Outcome.DEAD, Outcome.DELIVERED);
        assertThat(due()).isEmpty();
        clock.advance(Duration.ofMinutes(5));

        assertThat(storage.deadLetters().redrive(all().get(0).id(), null)).isEqualTo(new Redrive.Waiting(STREAM));

        assertThat(all()).isEmpty();
        assertThat(waiting()).isEqualTo(new Redriven(STREAM, 1, row.items().get(0), clock.instant(), 0, null));
        clock.advance(Duration.ofSeconds(30).plusMillis(1));
        assertThat(due()).containsExactly(STREAM);
    }

    @Test
    void whoeverAsksTwiceChangesNothing() {
        String id = die();
        storage.deadLetters().redrive(id, null);
        Redriven waiting = waits();
        clock.advance(Duration.ofSeconds(1));

        assertThat(storage.deadLetters().redrive(id, null)).isEqualTo(new Redrive.Waiting(STREAM));
        assertThat(waiting()).isEqualTo(waiting);
    }

    @Test
    void whatIsNoLetterIsNotSentAgain() {
        commit(CALL, CALLBACK, 2);
        advance(first(STREAM), Outcome.DEAD, Outcome.DELIVERED);
        String id = all().get(0).id();

        List<String> others = List.of(
                new DeadLetterId(STREAM, 1, 2).text(),
                new DeadLetterId(STREAM, 1, 3).text(),
                new DeadLetterId(STREAM, 2, 2).text(),
                new DeadLetterId(new StreamRef(OTHER_CALL, CALLBACKS), 1, 1).text(),
                id + "A",
                id.substring(1),
                "",
                "nothing");
        for (String other : others) {
            assertThat(storage.deadLetters().redrive(other, null)).as(other).isEqualTo(new Redrive.Unknown());
        }
        assertThat(waiting()).isNull();
        assertThat(due()).isEmpty();
    }

    @Test
    void aLetterThatWasDeliveredIsNoLetterAnyMore() {
        String id = die();
        storage.deadLetters().redrive(id, null);

        assertThat(settle(waits(), Outcome.DELIVERED)).isTrue();

        assertThat(waiting()).isNull();
        assertThat(all()).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(due()).isEmpty();
        assertThat(storage.deadLetters().redrive(id, null)).isEqualTo(new Redrive.Unknown());
        assertThat(outcomes()).containsExactly(Outcome.DEAD, Outcome.DELIVERED);
    }

    @Test
    void aLetterThatDiesAgainIsKeptForSevenDaysMoreWithOldAndNewAnswers() {
        String id = die();
        clock.advance(Duration.ofDays(6));
        storage.deadLetters().redrive(id, null);
        Redriven waiting = waits();
        storage.outbox().postpone(waiting, attempt(1, Outcome.FAILED, 503), clock.instant());
        clock.advance(Duration.ofHours(1));
        settle(waits(), Outcome.DEAD);

        clock.advance(Duration.ofDays(6));
        assertThat(all()).singleElement().satisfies(letter -> {
            assertThat(letter.id()).isEqualTo(id);
            assertThat(letter.event()).isEqualTo(waiting.event());
            assertThat(letter.attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.DEAD, Outcome.FAILED, Outcome.DEAD);
        });
        assertThat(storage.deadLetters().redrive(id, null)).isEqualTo(new Redrive.Waiting(STREAM));
    }

    @Test
    void lettersOfAStreamComeInTheOrderOfTheirNumbers() {
        commit(CALL, CALLBACK, 2);
        commit(CALL, CALLBACK, 1);
        commit(CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DEAD, Outcome.DEAD);
        advance(first(STREAM), Outcome.DEAD);
        advance(first(STREAM), Outcome.DELIVERED);
        List<Letter> letters = new ArrayList<>(all());
        Collections.reverse(letters);
        letters.forEach(letter -> storage.deadLetters().redrive(letter.id(), null));

        List<Long> order = new ArrayList<>();
        for (Redriven next = waiting(); next != null; next = waiting()) {
            order.add(next.event().sequence());
            settle(next, Outcome.DELIVERED);
        }
        assertThat(order).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aFailureIsCountedAndDueWithItsNextAttempt() {
        storage.deadLetters().redrive(die(), null);
        Instant next = clock.instant().plusSeconds(60);
        storage.outbox().postpone(waits(), attempt(1, Outcome.FAILED, 503), next);

        assertThat(waits().attemptsInARow()).isEqualTo(1);
        assertThat(waits().nextAttempt()).isEqualTo(next);
        clock.advance(Duration.ofSeconds(60));
        assertThat(due()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(due()).containsExactly(STREAM);
    }

    @Test
    void whoeverIsSlowerStops() {
        storage.deadLetters().redrive(die(), null);
        Redriven read = waits();
        storage.outbox().postpone(read, attempt(1, Outcome.FAILED, 503), clock.instant());

        assertThat(settle(read, Outcome.DELIVERED)).isFalse();
        assertThat(storage.outbox().postpone(read, attempt(1, Outcome.FAILED, 503), clock.instant()))
                .isFalse();
        settle(waits(), Outcome.DELIVERED);
        assertThat(settle(read, Outcome.DEAD)).isFalse();
        assertThat(outcomes()).containsExactly(Outcome.DEAD, Outcome.FAILED, Outcome.DELIVERED);
    }

    @Test
    void aRowMayBeDeliveredWhileALetterOfItIsSentAgain() {
        commit(CALL, CALLBACK, 3);
        Row half = storage.outbox()
                .advance(first(STREAM), 1, List.of(attempt(1, Outcome.DEAD, 410)), clock.instant())
                .orElseThrow();
        storage.deadLetters().redrive(all().get(0).id(), null);
        assertThat(storage.outbox().advance(half, 2, List.of(attempt(2, Outcome.DELIVERED, 200)), clock.instant()))
                .as("with what was read before the redrive")
                .isEmpty();

        Row now = first(STREAM);
        assertThat(now.redriven()).isTrue();
        advance(now, Outcome.DELIVERED, Outcome.DEAD);

        assertThat(storage.outbox().read(STREAM, 10).rows()).isEmpty();
        assertThat(all()).extracting(letter -> letter.event().sequence()).containsExactly(3L);
        clock.advance(Duration.ofSeconds(31));
        assertThat(due()).as("for its letter").containsExactly(STREAM);
        settle(waits(), Outcome.DELIVERED);
        clock.advance(Duration.ofMinutes(1));
        assertThat(due()).isEmpty();
        assertThat(all()).extracting(letter -> letter.event().sequence()).containsExactly(3L);
    }

    @Test
    void aLetterThatIsDeliveredBeforeTheRestOfItsRowLeavesItDue() {
        commit(CALL, CALLBACK, 2);
        storage.outbox().advance(first(STREAM), 1, List.of(attempt(1, Outcome.DEAD, 410)), clock.instant());
        Row half = first(STREAM);
        storage.outbox()
                .postpone(half, attempt(2, Outcome.FAILED, 503), clock.instant().plusSeconds(300));
        storage.deadLetters().redrive(all().get(0).id(), null);
        settle(waits(), Outcome.DELIVERED);

        clock.advance(Duration.ofSeconds(330));
        assertThat(due()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(due()).containsExactly(STREAM);
        assertThat(first(STREAM).redriven()).isFalse();
    }

    @Test
    void whatBecameOfALetterChangesNothingForTheNextEvent() {
        String id = die();
        commit(CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DELIVERED);
        storage.deadLetters().redrive(id, null);
        settle(waits(), Outcome.DEAD);

        assertThat(storage.outbox().read(STREAM, 10).afterDead()).isFalse();
    }

    @Test
    void aLogThatIsFullTakesNoRedrive() {
        commit(CALL, CALLBACK, 1);
        List<Attempt> attempts = new ArrayList<>(Collections.nCopies(575, attempt(1, Outcome.FAILED, 503)));
        attempts.add(attempt(1, Outcome.DEAD, 410));
        storage.outbox().advance(first(STREAM), 1, attempts, clock.instant());

        assertThat(storage.deadLetters().redrive(all().get(0).id(), null)).isEqualTo(new Redrive.LogFull());
        assertThat(all()).hasSize(1);
    }

    // ----------------------------------------------------------------------------------------------- helpers

    /** Commits so many events for this callback as one row. */
    private void commit(String call, Callback callback, int events) {
        long next = call(call)
                .nextSequence()
                .getOrDefault(Target.ofCallback(callback.uri()).key(), 1L);
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            effects.add(CallSamples.event(callback, next + i, clock.instant()));
        }
        commit(call, effects);
    }

    private void commit(String call, List<Effect> effects) {
        assertThat(storage.calls()
                        .commit(new Commit(
                                CallSamples.after(call(call), effects),
                                effects,
                                CallSamples.causes(clock.instant()),
                                clock.instant())))
                .isEqualTo(CommitResult.STORED);
    }

    private ServerCall call(String id) {
        return storage.calls().load(id).orElseGet(() -> CallSamples.fresh(id, clock.instant()));
    }

    private Row first(StreamRef stream) {
        return storage.outbox().read(stream, 1).rows().get(0);
    }

    /** Finishes the next effects of a row in these ways. */
    private void advance(Row row, Outcome... outcomes) {
        List<Attempt> attempts = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            attempts.add(attempt(row.firstSequence() + row.done() + attempts.size(), outcome, 410));
        }
        assertThat(storage.outbox().advance(row, row.done() + outcomes.length, attempts, clock.instant()))
                .isPresent();
    }

    /** Lets the next event of the stream become a letter; its id. */
    private String die() {
        commit(CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DEAD);
        return all().get(0).id();
    }

    private boolean settle(Redriven letter, Outcome outcome) {
        return storage.outbox().settle(letter, attempt(letter.event().sequence(), outcome, 410), clock.instant());
    }

    private Attempt attempt(long sequence, Outcome outcome, int status) {
        return new Attempt(sequence, clock.instant(), outcome, status, "as the test wants it");
    }

    private @Nullable Redriven waiting() {
        return storage.outbox().read(STREAM, 1).redriven();
    }

    private Redriven waits() {
        return Objects.requireNonNull(waiting());
    }

    /** What the timeline tells of the first event. */
    private List<Outcome> outcomes() {
        Timelines.Answer answer = storage.timelines().read(CALL, Timelines.MOST, null);
        return ((Timelines.Answer.Page) answer)
                .entries().stream()
                        .filter(Timelines.Sent.class::isInstance)
                        .map(Timelines.Sent.class::cast)
                        .findFirst()
                        .orElseThrow()
                        .attempts()
                        .stream()
                        .map(Attempt::outcome)
                        .toList();
    }

    private List<StreamRef> due() {
        List<StreamRef> due = new ArrayList<>();
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            due.addAll(storage.outbox().due(shard, clock.instant(), 100));
        }
        return due;
    }

    private List<Letter> to(String callbackUri) {
        return pages(new Question(null, URI.create(callbackUri), 1, null));
    }

    private List<Letter> all() {
        return page(new Question(null, null, DeadLetters.MOST, null)).letters();
    }

    private Answer.Page page(Question question) {
        return (Answer.Page) storage.deadLetters().list(question);
    }

    /** The letters of all pages, each no longer than asked for. */
    private List<Letter> pages(Question question) {
        List<Letter> letters = new ArrayList<>();
        String token = null;
        do {
            Answer.Page page =
                    page(new Question(question.serverCallId(), question.callbackUri(), question.top(), token));
            assertThat(page.letters()).hasSizeLessThanOrEqualTo(question.top());
            letters.addAll(page.letters());
            token = page.continuationToken();
        } while (token != null);
        return letters;
    }
}
