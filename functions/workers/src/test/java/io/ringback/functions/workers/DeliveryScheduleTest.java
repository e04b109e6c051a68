package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringback.core.call.CallState;
import io.ringback.core.event.CallEvent;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an event is tried again, and when no more (native API §4). */
@Timeout(60)
class DeliveryScheduleTest extends Deliveries {
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
}
