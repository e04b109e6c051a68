package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.port.DeadLetters.Letter;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Redriven;
import io.ringback.core.port.Outbox.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@code Outbox} about letters that wait to be sent again, beside what their stream still sends. */
public abstract class WaitingLettersContract extends LetterContract {
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
}
