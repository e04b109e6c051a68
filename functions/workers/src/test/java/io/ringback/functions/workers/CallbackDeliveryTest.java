package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringback.aws.sqs.Poke;
import io.ringback.core.decision.Target;
import io.ringback.core.port.Circuits.Endpoint;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The events of a stream, in order and one at a time, whoever else is at work on it. */
@Timeout(60)
class CallbackDeliveryTest extends Deliveries {
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
                .isThrownBy(() -> delivery(storage.outbox(), receiver())
                        .read(Poke.encode(new StreamRef(stream.serverCallId(), Target.MEDIA))))
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
    void whatFailsForAnEndpointHoldsUpItsOtherStreamsWithoutAnAttempt() {
        CallbackDelivery here = delivery(storage.outbox(), receiver());
        app.answerAlways(503);
        for (int i = 0; i < 2; i++) {
            stream = stream(50 + i);
            commit(1);
            assertThat(turn(here)).isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
        }
        stream = stream(52);
        commit(1);
        assertThat(turn(here))
                .as("whoever opens the circuit waits for it")
                .isEqualTo(new Turn.Wait(Duration.ofSeconds(30)));
        StreamRef last = stream;
        stream = stream(59);
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
}
