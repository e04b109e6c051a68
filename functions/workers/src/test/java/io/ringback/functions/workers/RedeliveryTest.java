package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.port.Circuits.Endpoint;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dead letters that are sent again, beside the events of their stream. */
@Timeout(60)
class RedeliveryTest extends Deliveries {
    private final CircuitBreaker circuits = new CircuitBreaker(storage.circuits(), () -> 0, clock);
    private int seen;

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

    private List<StreamRef> due() {
        List<StreamRef> due = new ArrayList<>();
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            due.addAll(storage.outbox().due(shard, clock.instant(), 100));
        }
        return due;
    }

    @Override
    CallbackDelivery delivery(Outbox outbox, Receiver receiver) {
        return delivery(outbox, receiver, circuits);
    }

    private List<Outcome> outcomes(long sequence) {
        return storage.outbox().attempts(stream).stream()
                .filter(attempt -> attempt.sequence() == sequence)
                .map(Attempt::outcome)
                .toList();
    }
}
