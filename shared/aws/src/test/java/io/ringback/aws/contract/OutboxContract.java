package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACK;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@code Outbox}: a commit's effects are read in order and finished once. */
public abstract class OutboxContract extends StreamContract {
    private static final StreamRef MEDIA = new StreamRef(CALL, Target.MEDIA);

    @Test
    void theEffectsOfACommitAreOneRowForEachTarget() {
        Instant now = clock.instant();
        List<Effect> effects = List.of(
                CallSamples.command(1, now),
                CallSamples.event(CALLBACK, 1, now),
                CallSamples.command(2, now),
                CallSamples.event(OTHER_CALLBACK, 1, now),
                CallSamples.event(CALLBACK, 2, now));
        ServerCall call = CallSamples.after(CallSamples.fresh(CALL, now), effects);
        commit(call, effects);

        assertThat(rows(MEDIA)).singleElement().satisfies(row -> {
            assertThat(row.items()).containsExactly(encoded(effects.get(0)), encoded(effects.get(2)));
            assertThat(row.firstSequence()).isEqualTo(1);
            assertThat(row.done()).isZero();
            assertThat(row.attemptsInARow()).isZero();
            assertThat(row.nextAttempt()).isNull();
        });
        assertThat(rows(STREAM))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.items()).containsExactly(encoded(effects.get(1)), encoded(effects.get(4))));
        assertThat(rows(new StreamRef(CALL, OTHER_CALLBACKS)))
                .singleElement()
                .satisfies(row -> assertThat(row.items()).containsExactly(encoded(effects.get(3))));
    }

    @Test
    void aStreamIsReadInOrderAndNoFurtherThanAsked() {
        commitRows(1, 2, 1, 1);

        assertThat(rows(STREAM)).extracting(Row::firstSequence).containsExactly(1L, 2L, 4L, 5L);
        assertThat(storage.outbox().read(STREAM, 2).rows())
                .extracting(Row::firstSequence)
                .containsExactly(1L, 2L);
    }

    @Test
    void aStreamOfManyRowsIsReadWhole() {
        commitRows(IntStream.generate(() -> 1).limit(25).toArray());
        for (int i = 0; i < 20; i++) {
            finish(first(STREAM), Outcome.DELIVERED);
        }

        assertThat(rows(STREAM)).extracting(Row::firstSequence).containsExactly(21L, 22L, 23L, 24L, 25L);
    }

    @Test
    void readingStopsBeforeAHole() {
        commitRows(1, 1, 1);
        storage.hide(STREAM, 2);

        Outbox.Reading torn = storage.outbox().read(STREAM, ALL);
        assertThat(torn.rows()).extracting(Row::firstSequence).containsExactly(1L);
        assertThat(torn.hole()).isTrue();

        storage.revealAll();
        Outbox.Reading whole = storage.outbox().read(STREAM, ALL);
        assertThat(whole.rows()).hasSize(3);
        assertThat(whole.hole()).isFalse();
    }

    @Test
    void aHoleRightBehindTheFinishedRowsIsAHole() {
        commitRows(1, 1, 1);
        finish(first(STREAM), Outcome.DELIVERED);
        storage.hide(STREAM, 2);

        Outbox.Reading torn = storage.outbox().read(STREAM, ALL);
        assertThat(torn.rows()).isEmpty();
        assertThat(torn.hole()).isTrue();
    }

    @Test
    void whatIsDeliveredIsNotReadAgain() {
        commitRows(1, 1);
        finish(first(STREAM), Outcome.DELIVERED);

        assertThat(rows(STREAM)).extracting(Row::firstSequence).containsExactly(2L);
    }

    @Test
    void rowsBehindAnUnfinishedOneMayBeFinished() {
        commitRows(1, 1, 1);
        finish(rows(STREAM).get(1), Outcome.VOID);

        Outbox.Reading reading = storage.outbox().read(STREAM, ALL);
        assertThat(reading.rows()).extracting(Row::firstSequence).containsExactly(1L, 3L);
        assertThat(reading.hole()).isFalse();
    }

    @Test
    void aRowMayBeFinishedInParts() {
        commitRows(3);
        Row read = first(STREAM);
        Row half = storage.outbox()
                .advance(read, 2, delivered(read, 2), clock.instant())
                .orElseThrow();
        assertThat(half).isEqualTo(first(STREAM));
        assertThat(half.done()).isEqualTo(2);

        Row whole = storage.outbox()
                .advance(half, 3, delivered(half, 3), clock.instant())
                .orElseThrow();
        assertThat(whole.isFinished()).isTrue();
        assertThat(rows(STREAM)).isEmpty();
    }

    @Test
    void whoeverIsSlowerStops() {
        commitRows(2);
        Row read = first(STREAM);
        storage.outbox().advance(read, 1, delivered(read, 1), clock.instant());
        Row now = first(STREAM);

        assertThat(storage.outbox().advance(read, 2, delivered(read, 2), clock.instant()))
                .isEmpty();
        assertThat(storage.outbox().postpone(read, failed(read), clock.instant()))
                .isEmpty();
        assertThat(first(STREAM)).isEqualTo(now);
    }

    @Test
    void aFailureIsCountedAndPutOff() {
        commitRows(2);
        Row read = first(STREAM);
        Instant next = clock.instant().plusSeconds(5);
        Row once = storage.outbox().postpone(read, failed(read), next).orElseThrow();
        assertThat(once).isEqualTo(first(STREAM));
        assertThat(once.attemptsInARow()).isEqualTo(1);
        assertThat(once.nextAttempt()).isEqualTo(next);

        Row twice = storage.outbox()
                .postpone(once, failed(once), next.plusSeconds(10))
                .orElseThrow();
        assertThat(twice.attemptsInARow()).isEqualTo(2);

        Row done = storage.outbox()
                .advance(twice, 1, delivered(twice, 1), clock.instant())
                .orElseThrow();
        assertThat(done.attemptsInARow()).isZero();
        assertThat(done.nextAttempt()).isNull();
    }

    @Test
    void anEffectMayBeHeldWithoutAFailure() {
        commitRows(1, 2);
        finish(first(STREAM), Outcome.DEAD);
        Row read = first(STREAM);
        Instant until = clock.instant().plusSeconds(300);
        Attempt note = new Attempt(2, clock.instant(), Outcome.HELD, 0, "why");
        Row held = storage.outbox().hold(read, note, until).orElseThrow();

        assertThat(held).isEqualTo(first(STREAM));
        assertThat(held.attemptsInARow()).isZero();
        assertThat(held.nextAttempt()).isEqualTo(until);
        assertThat(storage.outbox().hold(read, null, until)).as("read before").isEmpty();
        assertThat(storage.outbox().hold(held, null, until)).isPresent();
        assertThat(storage.outbox().read(STREAM, ALL).afterDead()).isTrue();
        clock.advance(Duration.ofSeconds(330));
        assertThat(due()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(due()).containsExactly(STREAM);
    }

    @Test
    void theStreamRemembersThatItsLastEffectDied() {
        commitRows(1, 2, 1);
        assertThat(storage.outbox().read(STREAM, ALL).afterDead()).isFalse();
        finish(first(STREAM), Outcome.DEAD);
        assertThat(storage.outbox().read(STREAM, ALL).afterDead()).isTrue();

        Row second = first(STREAM);
        storage.outbox().advance(second, 1, delivered(second, 1), clock.instant());
        assertThat(storage.outbox().read(STREAM, ALL).afterDead()).isFalse();
        finish(first(STREAM), Outcome.DEAD);
        assertThat(storage.outbox().read(STREAM, ALL).afterDead()).isTrue();
    }

    private Outbox.Item encoded(Effect effect) {
        return new PlainEncoder().encode(CallSamples.fresh(CALL, clock.instant()), effect, clock.instant());
    }
}
