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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stream of events in memory, and an application that is asked over HTTP to take them. */
abstract class Deliveries {
    static final Deadline AMPLE = new Deadline(() -> 30_000);

    final FakeClock clock = FakeClock.atNoon();
    final MemoryStorage storage = new MemoryStorage(new PlainEncoder(), clock);
    final MemoryPokes pokes = new MemoryPokes();
    App app;
    StreamRef stream;

    @BeforeEach
    final void openApp() throws IOException {
        app = new App();
        stream = stream(1);
    }

    @AfterEach
    final void closeApp() {
        app.close();
    }

    /** The app's stream of another call. */
    final StreamRef stream(int call) {
        return new StreamRef(
                String.format(Locale.ROOT, "call-%015d", call),
                Target.ofCallback(app.callback().uri()));
    }

    /** A turn at the stream by a function that knows nothing yet. */
    final Turn take() {
        return take(storage.outbox(), receiver());
    }

    final Turn take(Outbox outbox, Receiver receiver) {
        return turn(delivery(outbox, receiver));
    }

    final Turn turn(CallbackDelivery delivery) {
        return delivery.take(stream, List.of(stream), AMPLE);
    }

    CallbackDelivery delivery(Outbox outbox, Receiver receiver) {
        return delivery(outbox, receiver, new CircuitBreaker(storage.circuits(), () -> 0, clock));
    }

    final CallbackDelivery delivery(Outbox outbox, Receiver receiver, CircuitBreaker circuits) {
        Attempts attempts =
                new Attempts(receiver, circuits, new RetrySchedule(() -> 0), new Ringing(storage.calls()), clock);
        return new CallbackDelivery(outbox, pokes, attempts, clock);
    }

    final HttpReceiver receiver() {
        return new HttpReceiver(OutboundPolicy.LOCAL, new LiveSecrets(LiveSecrets.OLD), clock);
    }

    /** Commits events with these numbers, all in one row. */
    final void commit(long... sequences) {
        commit(new CallEvent.ConnectionStateChanged(CallState.ESTABLISHED, null, null), sequences);
    }

    final void commit(CallEvent event, long... sequences) {
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

    /** What arrives of the events with these numbers. */
    static List<String> bodies(long... sequences) {
        List<String> bodies = new ArrayList<>();
        for (long sequence : sequences) {
            bodies.add("{\"event\":\"event-" + sequence + "\"}");
        }
        return bodies;
    }

    final List<Attempt> attempts() {
        return storage.outbox().attempts(stream);
    }

    final List<Outcome> outcomes() {
        return attempts().stream().map(Attempt::outcome).toList();
    }

    final List<Outbox.Row> unfinished() {
        return storage.outbox().read(stream, 100).rows();
    }

    final List<Letter> letters() {
        DeadLetters.Answer all =
                storage.deadLetters().list(new DeadLetters.Question(null, null, DeadLetters.MOST, null));
        return ((DeadLetters.Answer.Page) all).letters();
    }

    /** Has every letter sent again. */
    final void redriveAll() {
        for (Letter letter : letters()) {
            assertThat(storage.deadLetters().redrive(letter.id(), null)).isEqualTo(new Redrive.Waiting(stream));
        }
    }
}
