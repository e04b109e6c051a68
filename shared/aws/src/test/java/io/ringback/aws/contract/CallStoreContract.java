package io.ringback.aws.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.ServerCall;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of {@code CallStore}. */
public abstract class CallStoreContract extends StreamContract {
    @Test
    void aCallComesBackAsItWasCommitted() {
        ServerCall rich = CallSamples.rich(CALL, clock.instant());
        assertThat(commit(rich, List.of())).isTrue();

        assertThat(load()).isEqualTo(CallSamples.withVersion(rich, 1));
    }

    @Test
    void whatIsUnsetStaysUnset() {
        ServerCall fresh = CallSamples.fresh(CALL, clock.instant());
        commit(fresh, List.of());

        assertThat(load()).isEqualTo(CallSamples.withVersion(fresh, 1));
    }

    @Test
    void whatACallLosesIsGone() {
        commit(CallSamples.rich(CALL, clock.instant()), List.of());
        ServerCall poor = CallSamples.withVersion(CallSamples.fresh(CALL, clock.instant()), 1);
        assertThat(commit(poor, List.of())).isTrue();

        assertThat(load()).isEqualTo(CallSamples.withVersion(poor, 2));
    }

    @Test
    void anUnknownCallIsAbsent() {
        assertThat(storage.calls().load(CALL)).isEmpty();
    }

    @Test
    void aCommitOnAnOutdatedVersionChangesNothing() {
        commit(CallSamples.fresh(CALL, clock.instant()), List.of());
        ServerCall loaded = load();
        assertThat(commitEvents(loaded, 1)).isTrue();
        ServerCall winner = load();

        clock.advance(Duration.ofSeconds(1));
        assertThat(commitEvents(CallSamples.inState(loaded, CallState.TERMINATED, clock.instant()), 1))
                .isFalse();

        assertThat(load()).isEqualTo(winner);
        assertThat(rows(STREAM)).hasSize(1);
        assertThat(rows(STREAM).get(0).items().get(0).occurredAt()).isEqualTo(winner.startedAt());
    }

    @Test
    void aCallIsCreatedOnce() {
        assertThat(commit(CallSamples.fresh(CALL, clock.instant()), List.of())).isTrue();
        assertThat(commit(CallSamples.rich(CALL, clock.instant()), List.of())).isFalse();

        assertThat(load().state()).isEqualTo(CallState.ESTABLISHING);
    }

    @Test
    void ofManyAtOnceOneCommits() throws Exception {
        commit(CallSamples.fresh(CALL, clock.instant()), List.of());
        ServerCall loaded = load();
        int rivals = 8;
        ExecutorService threads = Executors.newFixedThreadPool(rivals);
        try {
            Callable<Boolean> rival = () -> commitEvents(loaded, 1);
            int winners = 0;
            for (Future<Boolean> answer : threads.invokeAll(Collections.nCopies(rivals, rival))) {
                winners += answer.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
        assertThat(load().version()).isEqualTo(2);
        assertThat(rows(STREAM)).hasSize(1);
    }

    @Test
    void anEndedCallIsGoneAfterItsRetention() {
        commit(
                CallSamples.inState(CallSamples.fresh(CALL, clock.instant()), CallState.TERMINATED, clock.instant()),
                List.of());

        clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(storage.calls().load(CALL)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(storage.calls().load(CALL)).isEmpty();
    }

    @Test
    void aRunningCallNeverExpires() {
        commit(CallSamples.fresh(CALL, clock.instant()), List.of());

        clock.advance(Duration.ofDays(400));
        assertThat(storage.calls().load(CALL)).isPresent();
    }
}
