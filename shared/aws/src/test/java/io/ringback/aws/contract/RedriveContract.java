package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.DeadLetterId;
import io.ringback.core.port.DeadLetters.Redrive;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Redriven;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@code DeadLetters.redrive}: what becomes of a letter that is to be sent again. */
public abstract class RedriveContract extends LetterContract {
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
    void aLogThatIsFullTakesNoRedrive() {
        commit(CALL, CALLBACK, 1);
        List<Attempt> attempts = new ArrayList<>(Collections.nCopies(575, attempt(1, Outcome.FAILED, 503)));
        attempts.add(attempt(1, Outcome.DEAD, 410));
        storage.outbox().advance(first(STREAM), 1, attempts, clock.instant());

        assertThat(storage.deadLetters().redrive(all().get(0).id(), null)).isEqualTo(new Redrive.LogFull());
        assertThat(all()).hasSize(1);
    }
}
