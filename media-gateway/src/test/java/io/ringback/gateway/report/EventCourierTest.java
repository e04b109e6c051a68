package io.ringback.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.ServerCall;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.CallOffered;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.port.CallStore;
import io.ringback.gateway.journal.Journal;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventCourierTest {
    private static final GatewayRef LIFE = new GatewayRef("gw-1", "01J00000000000000000000001");
    private static final String CALL = "call-000000000000001";

    @TempDir
    Path folder;

    private final FakeClock clock = FakeClock.atNoon();
    private final Queue queue = new Queue();
    private final OneCall table = new OneCall();
    private Journal journal;
    private EventCourier courier;
    private Acknowledger acknowledger;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(folder);
        courier = new EventCourier(journal, queue);
        acknowledger = new Acknowledger(journal, table, courier, clock);
    }

    @AfterEach
    void close() {
        courier.close();
        journal.close();
    }

    @Test
    void sendsInOrderInTheGroupOfTheCallUnderANameOfItsOwn() {
        report(new LegRinging("p1", 180));
        report(ended());
        awaitSent(2);
        assertThat(queue.sent).extracting(MediaEventQueue.Message::group).containsOnly(CALL);
        assertThat(queue.sent)
                .extracting(MediaEventQueue.Message::deduplicationId)
                .containsExactly(
                        "gw-1-01J00000000000000000000001-" + CALL + "-1",
                        "gw-1-01J00000000000000000000001-" + CALL + "-2");
        assertThat(queue.numbers()).containsExactly(1L, 2L);
    }

    @Test
    void sendsAgainWhatTheQueueDidNotTake() {
        queue.refuse.set(2);
        report(new LegRinging("p1", 180));
        awaitSent(1);
        assertThat(queue.numbers()).containsExactly(1L);
    }

    /** The queue's client may fail in ways that it does not promise, and a message may not be made at all. */
    @Test
    void goesOnAfterASendingThatFailedByABug() {
        queue.breakNext.set(true);
        report(new LegRinging("p1", 180));
        Awaitility.await().until(() -> !queue.breakNext.get());
        report(ended());
        awaitSent(1);
        assertThat(queue.numbers()).containsExactly(2L);
    }

    @Test
    void anItemThatCannotBeReadHoldsUpNoOtherCall() {
        table.unreadable = CALL;
        report(new LegRinging("p1", 180));
        table.lastApplied = 1;
        courier.report("another-call", LIFE, clock.instant(), ended(), () -> {});
        awaitSent(2);
        clock.advance(Duration.ofSeconds(30));
        acknowledger.run();
        assertThat(journal.eventsAfter(CALL, 0)).hasSize(1);
        assertThat(journal.eventsAfter("another-call", 0)).isEmpty();
    }

    @Test
    void leavesYoungEventsAloneAndSendsOldOnesAgainUnderAnotherName() {
        table.lastApplied = 1;
        report(new LegRinging("p1", 180));
        report(ended());
        awaitSent(2);
        clock.advance(Acknowledger.ON_ITS_WAY.minusMillis(1));
        acknowledger.run();
        assertThat(journal.eventsAfter(CALL, 0)).hasSize(2);
        clock.advance(Duration.ofMillis(2));
        acknowledger.run();
        awaitSent(3);
        assertThat(queue.numbers()).containsExactly(1L, 2L, 2L);
        assertThat(queue.sent.get(2).deduplicationId())
                .startsWith(queue.sent.get(1).deduplicationId())
                .isNotEqualTo(queue.sent.get(1).deduplicationId());
        assertThat(journal.eventsAfter(CALL, 0)).hasSize(1);
    }

    @Test
    void forgetsACallSomeTimeAfterEverythingIsApplied() {
        table.lastApplied = 1;
        journal.order(CALL, LIFE, 1, "p1", null);
        report(ended());
        clock.advance(Duration.ofSeconds(30));
        acknowledger.run();
        acknowledger.run();
        assertThat(journal.numbers(CALL)).isPresent();
        clock.advance(Acknowledger.SETTLED);
        acknowledger.run();
        assertThat(journal.numbers(CALL)).isEmpty();
    }

    @Test
    void dropsEventsOfACallThatNobodyKnowsButNotAtOnce() {
        report(ended());
        clock.advance(Duration.ofSeconds(30));
        acknowledger.run();
        clock.advance(Acknowledger.UNKNOWN.minusSeconds(1));
        acknowledger.run();
        assertThat(journal.eventsAfter(CALL, 0)).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        acknowledger.run();
        assertThat(journal.eventsAfter(CALL, 0)).isEmpty();
    }

    @Test
    void tellsWhenTheQueueHasTakenAnEvent() {
        queue.refuse.set(1);
        List<Integer> sentBefore = new CopyOnWriteArrayList<>();
        courier.report(CALL, LIFE, clock.instant(), offered(), () -> sentBefore.add(queue.sent.size()));
        awaitSent(1);
        Awaitility.await().until(() -> !sentBefore.isEmpty());
        assertThat(sentBefore).containsExactly(1);
    }

    /** The item of a call that came in is made by its first event. */
    @Test
    void sendsACallThatCameInUntilThereIsAnItemOfIt() {
        report(offered());
        report(ended());
        awaitSent(2);
        clock.advance(Acknowledger.UNKNOWN.plusSeconds(1));
        acknowledger.run();
        awaitSent(4);
        clock.advance(Acknowledger.UNKNOWN.plusSeconds(1));
        acknowledger.run();
        awaitSent(6);
        assertThat(queue.numbers()).containsExactly(1L, 2L, 1L, 2L, 1L, 2L);
        assertThat(journal.eventsAfter(CALL, 0)).hasSize(2);
    }

    private static MediaEvent offered() {
        Identifier somebody = Identifier.ofPhoneNumber("+12065550100");
        return new CallOffered(Origin.Kind.INCOMING, somebody, null, somebody, "p1", null, Instant.EPOCH);
    }

    private void report(MediaEvent event) {
        courier.report(CALL, LIFE, clock.instant(), event, () -> {});
    }

    private void awaitSent(int count) {
        Awaitility.await().until(() -> queue.sent.size() == count);
    }

    private static MediaEvent ended() {
        return new LegEnded("p1", EndReason.COMPLETED, null, "over", null);
    }

    private static final class Queue implements MediaEventQueue {
        private final List<Message> sent = new CopyOnWriteArrayList<>();
        private final AtomicInteger refuse = new AtomicInteger();
        private final AtomicBoolean breakNext = new AtomicBoolean();

        @Override
        public Set<Integer> send(List<Message> messages) {
            if (breakNext.getAndSet(false)) {
                throw new IllegalStateException("from the queue, as this test wants it");
            }
            if (refuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return IntStream.range(0, messages.size()).boxed().collect(Collectors.toSet());
            }
            sent.addAll(messages);
            return Set.of();
        }

        private List<Long> numbers() {
            return sent.stream()
                    .map(message -> GatewayProtocol.decodeReport(message.body()).number())
                    .toList();
        }
    }

    /** A table with the same of every call, or nothing. */
    private static final class OneCall implements CallStore {
        private @Nullable Integer lastApplied;
        private @Nullable String unreadable;

        @Override
        public Optional<ServerCall> load(String serverCallId) {
            if (serverCallId.equals(unreadable)) {
                throw new IllegalStateException("an item of a newer shape");
            }
            return Optional.ofNullable(lastApplied)
                    .map(applied -> new ServerCall(
                            serverCallId,
                            1,
                            CallState.ESTABLISHED,
                            LIFE,
                            new Origin(Origin.Kind.OUTBOUND, new Identifier("8:acs:res_bob"), List.of()),
                            null,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            Map.of(),
                            applied,
                            Instant.EPOCH,
                            null,
                            null,
                            null));
        }

        @Override
        public CommitResult commit(Commit commit) {
            throw new UnsupportedOperationException("the gateway commits nothing");
        }
    }
}
