package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.memory.MemoryPokes;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.aws.sqs.Poke;
import io.ringback.core.call.CallState;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.event.CallEvent;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Circuits.Endpoint;
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
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CallbackDeliveryTest {
    private static final String CALL = "call-000000000000001";
    private static final Deadline AMPLE = new Deadline(() -> 30_000);

    private final FakeClock clock = FakeClock.atNoon();
    private final MemoryStorage storage = new MemoryStorage(new PlainEncoder(), clock);
    private final MemoryPokes pokes = new MemoryPokes();
    private App app;
    private StreamRef stream;

    @BeforeEach
    void start() throws IOException {
        app = new App();
        stream = new StreamRef(CALL, Target.ofCallback(app.callback().uri()));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void eventsArriveInOrderAcrossCommits() {
        commit(1, 2);
        commit(3);
        commit(4, 5, 6);

        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(app.received()).isEqualTo(bodies(1, 2, 3, 4, 5, 6));
        assertThat(outcomes()).containsOnly(Outcome.DELIVERED).hasSize(6);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void aPokeForAnotherQueueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        delivery(storage.outbox(), receiver()).read(Poke.encode(new StreamRef(CALL, Target.MEDIA))))
                .withMessageContaining("no stream of events");
    }

    @Test
    void aSecondPokeFindsNothingToDo() {
        commit(1);
        take();

        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(app.received()).hasSize(1);
    }

    @Test
    void moreRowsThanOneReadingHoldsAreAllDelivered() {
        for (int i = 1; i <= 25; i++) {
            commit(i);
        }

        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(app.received()).hasSize(25);
    }

    @Test
    void aFailedEventHoldsUpItsStreamUntilItsNextAttempt() {
        app.answer(500);
        commit(1);
        commit(2);

        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
        clock.advance(Duration.ofMillis(400));
        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofMillis(600)));
        assertThat(app.received()).isEqualTo(bodies(1));

        clock.advance(Duration.ofMillis(600));
        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(app.received()).isEqualTo(bodies(1, 1, 2));
        assertThat(outcomes()).containsExactly(Outcome.FAILED, Outcome.DELIVERED, Outcome.DELIVERED);
    }

    @Test
    void theWholeScheduleIsWalkedThroughUntilAnHourAfterTheEvent() {
        app.answerAlways(503);
        Instant event = clock.instant();
        commit(1);

        List<Long> pauses = new ArrayList<>();
        while (take() instanceof Turn.Wait wait) {
            pauses.add(wait.time().toSeconds());
            clock.advance(wait.time());
        }

        assertThat(pauses.subList(0, 8)).containsExactly(1L, 2L, 5L, 10L, 30L, 60L, 120L, 300L);
        assertThat(pauses.subList(8, pauses.size())).containsOnly(300L);
        assertThat(clock.instant()).isBetween(event.plus(Duration.ofMinutes(55)), event.plus(Duration.ofHours(1)));
        assertThat(outcomes().get(pauses.size())).isEqualTo(Outcome.DEAD);
        assertThat(app.received()).hasSize(pauses.size() + 1);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void theLastStateOfACallIsTriedForADay() {
        app.answerAlways(503);
        Instant event = clock.instant();
        commit(new CallEvent.ConnectionStateChanged(CallState.TERMINATED, null, null), 1);

        while (take() instanceof Turn.Wait wait) {
            clock.advance(wait.time());
        }

        assertThat(clock.instant()).isBetween(event.plus(Duration.ofHours(23)), event.plus(Duration.ofHours(24)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 410, 451})
    void whatIsNoUseTryingAgainIsDeadAtOnceAndTheStreamGoesOn(int status) {
        app.answer(status);
        commit(1);
        commit(2);

        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(app.received()).isEqualTo(bodies(1, 2));
        assertThat(attempts())
                .extracting(Attempt::outcome, Attempt::status)
                .containsExactly(tuple(Outcome.DEAD, status), tuple(Outcome.DELIVERED, 204));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 408, 425, 429, 500, 502})
    void theRestIsTriedAgain(int status) {
        app.answer(status);
        commit(1);

        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
    }

    @Test
    void theEventAfterADeadLetterStartsAtTheLastStep() {
        app.answer(410, 500, 500, 204, 500);
        commit(1);
        commit(2);
        commit(3);

        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofMinutes(5)));
        clock.advance(Duration.ofMinutes(5));
        assertThat(take()).as("a poke later").isEqualTo(new Turn.Wait(Duration.ofMinutes(5)));
        clock.advance(Duration.ofMinutes(5));
        assertThat(take()).as("after a success").isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
    }

    @Test
    void theEventAfterADeadLetterOfItsOwnCommitStartsAtTheLastStep() {
        app.answer(410, 500);
        commit(1, 2);

        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofMinutes(5)));
    }

    @Test
    void theReceiverMayAskForMoreTime() {
        app.answer(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "90")
                .build());
        commit(1);

        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofSeconds(90)));
    }

    @Test
    void whatFailsForAnEndpointHoldsUpItsOtherStreamsWithoutAnAttempt() {
        CallbackDelivery here = delivery(storage.outbox(), receiver());
        app.answerAlways(503);
        for (int i = 0; i < 2; i++) {
            stream = stream(i);
            commit(1);
            assertThat(turn(here)).isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
        }
        stream = stream(2);
        commit(1);
        assertThat(turn(here))
                .as("whoever opens the circuit waits for it")
                .isEqualTo(new Turn.Wait(Duration.ofSeconds(30)));
        StreamRef last = stream;
        stream = stream(9);
        commit(1, 2);

        assertThat(turn(here)).isEqualTo(new Turn.Wait(Duration.ofSeconds(30)));
        clock.advance(Duration.ofSeconds(10));
        assertThat(turn(here)).isEqualTo(new Turn.Wait(Duration.ofSeconds(20)));
        assertThat(app.received()).hasSize(3);
        assertThat(attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.detail()).startsWith("not tried: http://"));
        assertThat(storage.outbox().attempts(last))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.detail()).startsWith("left alone until 2026-03-02T12:00:30Z"));
        clock.advance(Duration.ofSeconds(20));
        app.answerAlways(204);
        assertThat(turn(here)).isEqualTo(new Turn.Done());
        assertThat(outcomes()).containsExactly(Outcome.HELD, Outcome.DELIVERED, Outcome.DELIVERED);
    }

    @Test
    void anEventWhoseTimeIsUpIsDeadAlsoWhileItsEndpointIsLeftAlone() {
        CircuitBreaker knowing = new CircuitBreaker(storage.circuits(), () -> 0, clock);
        commit(1);
        clock.advance(Duration.ofMinutes(59).plusSeconds(31));
        commit(2);
        for (int i = 0; i < 3; i++) {
            knowing.failed(Endpoint.of(app.callback().uri()), false);
        }

        assertThat(turn(delivery(storage.outbox(), receiver(), knowing)))
                .isEqualTo(new Turn.Wait(Duration.ofSeconds(30)));
        assertThat(app.received()).isEmpty();
        assertThat(outcomes()).containsExactly(Outcome.DEAD, Outcome.HELD);
    }

    @Test
    void aHoleStopsTheStreamUntilItIsFilled() {
        commit(1);
        commit(2);
        commit(3);
        storage.hide(stream, 2);

        assertThat(take()).isEqualTo(new Turn.LookAgain(Duration.ofSeconds(1)));
        assertThat(app.received()).isEqualTo(bodies(1));

        storage.revealAll();
        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(app.received()).isEqualTo(bodies(1, 2, 3));
    }

    @Test
    void withoutTimeForAnAttemptAnotherPokeTakesOver() {
        commit(1);

        assertThat(delivery(storage.outbox(), receiver()).take(stream, List.of(stream), new Deadline(() -> 11_999)))
                .isEqualTo(new Turn.GoOn());
        assertThat(app.received()).isEmpty();
        assertThat(delivery(storage.outbox(), receiver()).renew(stream)).isTrue();
        assertThat(pokes.take()).containsExactly(stream);
    }

    @Test
    void whoeverLosesARowToAnotherStops() {
        commit(1);
        Receiver slow = event -> {
            // Meanwhile another consumer delivers the same event.
            assertThat(take()).isEqualTo(new Turn.Done());
            return receiver().post(event);
        };

        assertThat(delivery(storage.outbox(), slow).take(stream, List.of(stream), AMPLE))
                .isEqualTo(new Turn.LookAgain(Duration.ofSeconds(1)));
        assertThat(outcomes()).containsExactly(Outcome.DELIVERED);
    }

    @Test
    void whereverTheProcessDiesEveryEventArrivesInOrderAndOneAtMostTwice() {
        int points = 0;
        while (diesAt(points)) {
            points++;
        }

        assertThat(points).as("points at which it can die").isEqualTo(20);
    }

    /** Delivers three commits with one failure among them, dying once; false when there is no such point. */
    private boolean diesAt(int point) {
        String call = String.format("call-%015d", point + 100);
        stream = new StreamRef(call, stream.target());
        int before = app.received().size();
        commit(1, 2);
        commit(3);
        app.answer(204, 500);
        Crash crash = new Crash(point);
        CallbackDelivery mortal =
                delivery(crash.around(Outbox.class, storage.outbox()), crash.around(Receiver.class, receiver()));
        while (!unfinished().isEmpty()) {
            Turn turn = turn(mortal);
            if (turn instanceof Turn.Wait wait) {
                clock.advance(wait.time());
            }
        }
        List<String> arrived = app.received().subList(before, app.received().size());
        List<String> inOrder = arrived.stream().distinct().toList();
        assertThat(inOrder).as("dying at %d", point).isEqualTo(bodies(1, 2, 3));
        assertThat(arrived).as("dying at %d", point).isSorted().hasSizeBetween(4, 5);
        return crash.happened();
    }

    private StreamRef stream(int call) {
        return new StreamRef("call-%015d".formatted(call + 50), stream.target());
    }

    private Turn turn(CallbackDelivery mortal) {
        try {
            return mortal.take(stream, List.of(stream), AMPLE);
        } catch (Crash.Death death) {
            return new Turn.LookAgain(Duration.ofSeconds(1));
        }
    }

    private Turn take() {
        return delivery(storage.outbox(), receiver()).take(stream, List.of(stream), AMPLE);
    }

    private CallbackDelivery delivery(Outbox outbox, Receiver receiver) {
        return delivery(outbox, receiver, new CircuitBreaker(storage.circuits(), () -> 0, clock));
    }

    private CallbackDelivery delivery(Outbox outbox, Receiver receiver, CircuitBreaker circuits) {
        Attempts attempts =
                new Attempts(receiver, circuits, new RetrySchedule(() -> 0), new Ringing(storage.calls()), clock);
        return new CallbackDelivery(outbox, pokes, attempts, clock);
    }

    private HttpReceiver receiver() {
        return new HttpReceiver(OutboundPolicy.LOCAL, new LiveSecrets(LiveSecrets.OLD), clock);
    }

    private void commit(long... sequences) {
        commit(new CallEvent.ConnectionStateChanged(CallState.ESTABLISHED, null, null), sequences);
    }

    private void commit(CallEvent event, long... sequences) {
        List<Effect> effects = new ArrayList<>();
        for (long sequence : sequences) {
            effects.add(new Effect.Notify(sequence, "event-" + sequence, app.callback(), null, clock.instant(), event));
        }
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

    private List<Attempt> attempts() {
        return storage.outbox().attempts(stream);
    }

    private List<Outcome> outcomes() {
        return attempts().stream().map(Attempt::outcome).toList();
    }

    private List<Outbox.Row> unfinished() {
        return storage.outbox().read(stream, 100).rows();
    }
}
