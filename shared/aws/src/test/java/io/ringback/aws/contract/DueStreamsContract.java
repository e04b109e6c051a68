package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The contract of {@code Outbox.due}: which streams wait for somebody. */
public abstract class DueStreamsContract extends StreamContract {
    @Test
    void aRowIsDueHalfAMinuteAfterItsCommit() {
        commitRows(1);

        clock.advance(Duration.ofSeconds(30));
        assertThat(due()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(due()).containsExactly(STREAM);
    }

    @Test
    void aRowThatWasPutOffIsDueHalfAMinuteAfterThePlannedAttempt() {
        commitRows(1);
        Row row = first(STREAM);
        storage.outbox().postpone(row, failed(row), clock.instant().plusSeconds(300));

        clock.advance(Duration.ofSeconds(330));
        assertThat(due()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(due()).containsExactly(STREAM);
    }

    @Test
    void aRowIsDueUntilItsLastEffectIsFinished() {
        commitRows(2);
        Row row = first(STREAM);
        storage.outbox().advance(row, 1, delivered(row, 1), clock.instant());
        clock.advance(Duration.ofMinutes(1));
        assertThat(due()).containsExactly(STREAM);

        finish(first(STREAM), Outcome.DEAD);
        clock.advance(Duration.ofMinutes(1));
        assertThat(due()).isEmpty();
    }

    @Test
    void dueStreamsComeOnceAndTheLongestWaitingFirst() {
        List<StreamRef> inOrder = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String call = String.format(Locale.ROOT, "call%016d", i);
            commitEvents(CallSamples.fresh(call, clock.instant()), 1);
            commitEvents(storage.calls().load(call).orElseThrow(), 1);
            inOrder.add(new StreamRef(call, CALLBACKS));
            clock.advance(Duration.ofMillis(10));
        }
        clock.advance(Duration.ofMinutes(1));

        assertThat(due()).containsExactlyInAnyOrderElementsOf(inOrder);
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            List<StreamRef> due = storage.outbox().due(shard, clock.instant(), ALL);
            assertThat(due).isSortedAccordingTo(Comparator.comparing(inOrder::indexOf));
            assertThat(storage.outbox().due(shard, clock.instant(), 1))
                    .isEqualTo(due.stream().limit(1).toList());
        }
    }
}
