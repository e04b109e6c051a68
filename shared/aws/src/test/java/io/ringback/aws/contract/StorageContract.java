package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACK;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@code CallStore} and {@code Outbox}; a subclass says which implementation is held to it. */
public abstract class StorageContract {
    protected static final String CALL = "call0000000000000001";
    protected static final StreamRef STREAM = new StreamRef(CALL, CALLBACKS);
    protected static final StreamRef MEDIA = new StreamRef(CALL, Target.MEDIA);
    private static final int ALL = 100;

    protected final FakeClock clock = FakeClock.atNoon();
    protected Storage storage;

    /** An empty storage. */
    protected abstract Storage open(InstantSource clock) throws Exception;

    @BeforeEach
    final void openStorage() throws Exception {
        storage = open(clock);
        storage.gateways().heartbeat(CallSamples.gateway(100, clock.instant()));
    }

    // ------------------------------------------------------------------------------------------------- calls

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

    // ----------------------------------------------------------------------------------------------- effects

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

    // --------------------------------------------------------------------------------------------------- due

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

    // ----------------------------------------------------------------------------------------------- helpers

    protected final boolean commit(ServerCall next, List<Effect> effects) {
        return storage.calls().commit(new Commit(next, effects, CallSamples.causes(clock.instant()), clock.instant()))
                == CommitResult.STORED;
    }

    /** Commits so many events for the callback, each commit one row, on the call as it is. */
    protected final void commitRows(int... sizes) {
        for (int size : sizes) {
            ServerCall call = storage.calls().load(CALL).orElseGet(() -> CallSamples.fresh(CALL, clock.instant()));
            assertThat(commitEvents(call, size)).isTrue();
        }
    }

    /** Commits this call with so many events for the callback. */
    protected final boolean commitEvents(ServerCall call, int size) {
        long next = call.nextSequence().getOrDefault(CALLBACKS.key(), 1L);
        List<Effect> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            events.add(CallSamples.event(CALLBACK, next + i, clock.instant()));
        }
        return commit(CallSamples.after(call, events), events);
    }

    protected final ServerCall load() {
        return storage.calls().load(CALL).orElseThrow();
    }

    protected final List<Row> rows(StreamRef stream) {
        return storage.outbox().read(stream, ALL).rows();
    }

    protected final Row first(StreamRef stream) {
        return rows(stream).get(0);
    }

    /** Finishes the rest of a row in this way. */
    protected final Row finish(Row row, Outcome outcome) {
        List<Attempt> attempts = new ArrayList<>();
        for (long sequence = row.firstSequence() + row.done(); sequence < row.nextSequence(); sequence++) {
            attempts.add(new Attempt(sequence, clock.instant(), outcome, 500, "as the test wants it"));
        }
        return storage.outbox()
                .advance(row, row.items().size(), attempts, clock.instant())
                .orElseThrow();
    }

    protected final List<Attempt> delivered(Row row, int done) {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = row.done(); i < done; i++) {
            attempts.add(new Attempt(row.firstSequence() + i, clock.instant(), Outcome.DELIVERED, 200, ""));
        }
        return attempts;
    }

    protected final Attempt failed(Row row) {
        return new Attempt(row.firstSequence() + row.done(), clock.instant(), Outcome.FAILED, 503, "busy");
    }

    protected final List<StreamRef> due() {
        List<StreamRef> due = new ArrayList<>();
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            due.addAll(storage.outbox().due(shard, clock.instant(), ALL));
        }
        return due;
    }

    private Outbox.Item encoded(Effect effect) {
        return new PlainEncoder().encode(CallSamples.fresh(CALL, clock.instant()), effect, clock.instant());
    }
}
