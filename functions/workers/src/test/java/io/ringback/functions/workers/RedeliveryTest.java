package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.memory.MemoryPokes;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.core.call.CallState;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.event.CallEvent;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Circuits.Endpoint;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.DeadLetters.Letter;
import io.ringback.core.port.DeadLetters.Redrive;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dead letters that are sent again, beside the events of their stream. */
@Timeout(60)
class RedeliveryTest {
    private static final Deadline AMPLE = new Deadline(() -> 30_000);

    private final FakeClock clock = FakeClock.atNoon();
    private final MemoryStorage storage = new MemoryStorage(new PlainEncoder(), clock);
    private final MemoryPokes pokes = new MemoryPokes();
    private final CircuitBreaker circuits = new CircuitBreaker(storage.circuits(), () -> 0, clock);
    private App app;
    private StreamRef stream;
    private int seen;

    @BeforeEach
    void start() throws IOException {
        app = new App();
        stream = stream(1);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void aLetterComesBehindWhatIsNew() {
        loseEvents(1);
        redriveAll();
        commit(2);
        commit(3);

        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(arrived()).isEqualTo(bodies(2, 3, 1));
        assertThat(outcomes(1)).containsExactly(Outcome.DEAD, Outcome.DELIVERED);
        assertThat(letters()).isEmpty();
    }

    @Test
    void lettersComeInTheOrderOfTheirNumbers() {
        loseEvents(1, 2, 3);
        redriveAll();

        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(arrived()).isEqualTo(bodies(1, 2, 3));
    }

    @Test
    void betweenTwoLettersTheStreamIsLookedAtAnew() {
        loseEvents(1, 2);
        redriveAll();
        Receiver slow = event -> {
            if (event.sequence() == 1) {
                // Meanwhile something happens in the call.
                commit(3);
            }
            return receiver().post(event);
        };

        assertThat(take(storage.outbox(), slow)).isEqualTo(new Turn.Done());
        assertThat(arrived()).isEqualTo(bodies(1, 3, 2));
    }

    @Test
    void aLetterThatFailsStartsAtTheFirstStepAndHoldsUpTheOthersOnly() {
        loseEvents(1, 2);
        redriveAll();
        app.answer(500);

        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
        commit(3);
        clock.advance(Duration.ofMillis(400));
        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofMillis(600)));
        clock.advance(Duration.ofMillis(600));
        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(arrived()).isEqualTo(bodies(1, 3, 1, 2));
    }

    @Test
    void aStreamThatWaitsForItsOwnEventTakesTheLetterMeanwhile() {
        loseEvents(1);
        redriveAll();
        commit(2);
        app.answer(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "90")
                .build());

        Turn turn = take();

        assertThat(arrived()).isEqualTo(bodies(2, 1));
        assertThat(turn).isInstanceOf(Turn.Wait.class);
        assertThat(outcomes(1)).containsExactly(Outcome.DEAD, Outcome.DELIVERED);
    }

    @Test
    void aLongWaitForALetterIsLeftToTheSweeper() {
        loseEvents(1);
        redriveAll();
        app.answer(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "60")
                .build());

        assertThat(take()).as("what is new does not stand behind it").isEqualTo(new Turn.Done());
        clock.advance(Duration.ofSeconds(60));
        assertThat(due()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(due()).containsExactly(stream);
        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(arrived()).isEqualTo(bodies(1, 1));
    }

    @Test
    void aPokeThatGotLostIsMadeUpForByTheSweeper() {
        loseEvents(1);
        redriveAll();

        clock.advance(Duration.ofSeconds(31));
        assertThat(due()).containsExactly(stream);
    }

    @Test
    void aLetterThatIsRefusedIsDeadAgainAndTheNextOneComes() {
        loseEvents(1, 2);
        redriveAll();
        app.answer(410);

        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(arrived()).isEqualTo(bodies(1, 2));
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.event().sequence()).isEqualTo(1);
            assertThat(letter.attempts()).extracting(Attempt::outcome).containsExactly(Outcome.DEAD, Outcome.DEAD);
        });
    }

    @Test
    void anHourAfterItsRedriveALetterIsDeadAgainWithOldAndNewAnswers() {
        loseEvents(1);
        clock.advance(Duration.ofDays(3));
        Instant redriven = clock.instant();
        redriveAll();
        app.answerAlways(503);

        while (letters().isEmpty()) {
            // As often as the sweeper, and more.
            take();
            clock.advance(Duration.ofSeconds(10));
        }

        assertThat(clock.instant())
                .isBetween(redriven.plus(Duration.ofMinutes(54)), redriven.plus(Duration.ofMinutes(61)));
        List<Outcome> outcomes = outcomes(1);
        assertThat(outcomes.get(0)).isEqualTo(Outcome.DEAD);
        assertThat(outcomes.subList(1, outcomes.size() - 1))
                .containsOnly(Outcome.FAILED)
                .hasSizeBetween(8, 24);
        assertThat(outcomes.get(outcomes.size() - 1)).isEqualTo(Outcome.DEAD);
        assertThat(due()).isEmpty();
    }

    @Test
    void aLetterToAnEndpointThatIsLeftAloneWaitsWithoutAnAttempt() {
        loseEvents(1);
        redriveAll();
        for (int i = 0; i < 3; i++) {
            circuits.failed(Endpoint.of(app.callback().uri()), false);
        }

        assertThat(take()).as("what is new does not stand behind it").isEqualTo(new Turn.Done());
        assertThat(arrived()).isEmpty();
        clock.advance(Duration.ofSeconds(31));
        assertThat(due()).containsExactly(stream);
        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(arrived()).isEqualTo(bodies(1));
        assertThat(outcomes(1)).containsExactly(Outcome.DEAD, Outcome.DELIVERED);
    }

    @Test
    void withoutTimeForAnAttemptAnotherPokeTakesOver() {
        loseEvents(1);
        redriveAll();

        assertThat(delivery(storage.outbox(), receiver()).take(stream, List.of(stream), new Deadline(() -> 11_999)))
                .isEqualTo(new Turn.GoOn());
        assertThat(arrived()).isEmpty();
    }

    @Test
    void whoeverLosesALetterToAnotherStops() {
        loseEvents(1);
        redriveAll();
        Receiver slow = event -> {
            // Meanwhile another consumer delivers the same letter.
            assertThat(take()).isEqualTo(new Turn.Done());
            return receiver().post(event);
        };

        assertThat(take(storage.outbox(), slow)).isEqualTo(new Turn.LookAgain(Duration.ofSeconds(1)));
        assertThat(outcomes(1)).containsExactly(Outcome.DEAD, Outcome.DELIVERED);
    }

    @Test
    void whereverTheProcessDiesEveryLetterArrivesInOrderAndOneAtMostTwice() {
        int points = 0;
        while (diesAt(points)) {
            points++;
        }

        assertThat(points).as("points at which it can die").isGreaterThan(20);
    }

    /** Delivers two letters with one failure among them, and an event, dying once; false when there is no such point. */
    private boolean diesAt(int point) {
        stream = stream(100 + point);
        loseEvents(1, 2);
        redriveAll();
        commit(3);
        app.answer(204, 500);
        int before = app.received().size();
        Crash crash = new Crash(point);
        CallbackDelivery mortal =
                delivery(crash.around(Outbox.class, storage.outbox()), crash.around(Receiver.class, receiver()));
        while (storage.outbox().read(stream, 1).redriven() != null) {
            try {
                mortal.take(stream, List.of(stream), AMPLE);
            } catch (Crash.Death death) {
                assertThat(crash.happened()).isTrue();
            }
            clock.advance(Duration.ofSeconds(1));
        }
        List<String> arrived = app.received().subList(before, app.received().size());
        assertThat(arrived.stream().distinct()).as("dying at %d", point).containsExactlyElementsOf(bodies(3, 1, 2));
        assertThat(arrived).as("dying at %d", point).hasSizeBetween(4, 5);
        assertThat(letters()).isEmpty();
        return crash.happened();
    }

    private StreamRef stream(int call) {
        return new StreamRef(
                String.format(Locale.ROOT, "call-%015d", call),
                Target.ofCallback(app.callback().uri()));
    }

    /** Commits these events, which the app says it will never take. */
    private void loseEvents(long... sequences) {
        for (long sequence : sequences) {
            app.answer(410);
            commit(sequence);
        }
        assertThat(take()).isEqualTo(new Turn.Done());
        seen = app.received().size();
    }

    /** What arrived since the events were lost. */
    private List<String> arrived() {
        return app.received().subList(seen, app.received().size());
    }

    private List<Letter> letters() {
        DeadLetters.Answer all =
                storage.deadLetters().list(new DeadLetters.Question(null, null, DeadLetters.MOST, null));
        return ((DeadLetters.Answer.Page) all).letters();
    }

    private void redriveAll() {
        for (Letter letter : letters()) {
            assertThat(storage.deadLetters().redrive(letter.id(), null)).isEqualTo(new Redrive.Waiting(stream));
        }
    }

    private List<StreamRef> due() {
        List<StreamRef> due = new ArrayList<>();
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            due.addAll(storage.outbox().due(shard, clock.instant(), 100));
        }
        return due;
    }

    private Turn take() {
        return take(storage.outbox(), receiver());
    }

    private Turn take(Outbox outbox, Receiver receiver) {
        return delivery(outbox, receiver).take(stream, List.of(stream), AMPLE);
    }

    private CallbackDelivery delivery(Outbox outbox, Receiver receiver) {
        Attempts attempts =
                new Attempts(receiver, circuits, new RetrySchedule(() -> 0), new Ringing(storage.calls()), clock);
        return new CallbackDelivery(outbox, pokes, attempts, clock);
    }

    private HttpReceiver receiver() {
        return new HttpReceiver(OutboundPolicy.LOCAL, new LiveSecrets(LiveSecrets.OLD), clock);
    }

    private void commit(long sequence) {
        List<Effect> effects = List.of(new Effect.Notify(
                sequence,
                "event-" + sequence,
                app.callback(),
                null,
                clock.instant(),
                new CallEvent.ConnectionStateChanged(CallState.ESTABLISHED, null, null)));
        ServerCall call = storage.calls()
                .load(stream.serverCallId())
                .orElseGet(() -> CallSamples.fresh(stream.serverCallId(), clock.instant()));
        assertThat(storage.calls().commit(CallSamples.commit(call, effects, clock.instant())))
                .isEqualTo(CallStore.CommitResult.STORED);
    }

    private static List<String> bodies(long... sequences) {
        List<String> bodies = new ArrayList<>();
        for (long sequence : sequences) {
            bodies.add("{\"event\":\"event-" + sequence + "\"}");
        }
        return bodies;
    }

    private List<Outcome> outcomes(long sequence) {
        return storage.outbox().attempts(stream).stream()
                .filter(attempt -> attempt.sequence() == sequence)
                .map(Attempt::outcome)
                .toList();
    }
}
