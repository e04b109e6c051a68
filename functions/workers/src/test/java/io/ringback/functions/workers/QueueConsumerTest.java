package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.ringback.functions.workers.RecordedInbox.Hidden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class QueueConsumerTest {
    /** What the template says of each queue. */
    private static final int MAX_RECEIVE_COUNT = 30;

    private static final Deadline AMPLE = new Deadline(() -> 30_000);

    private final RecordedInbox visibility = new RecordedInbox();
    private final Letters work = new Letters();
    private final QueueConsumer<String, String> consumer = new QueueConsumer<>(work, visibility);

    /** Bodies are a group's letter and a number; what becomes of a group is told by the test. */
    private static final class Letters implements Work<String, String> {
        private final Map<String, Supplier<Turn>> turns = new HashMap<>();
        private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
        private final List<String> renewed = new ArrayList<>();
        private boolean renews = true;

        @Override
        public String read(String body) {
            if (body.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
            return body;
        }

        @Override
        public String groupOf(String content) {
            return content.substring(0, 1);
        }

        @Override
        public Turn take(String group, List<String> contents, Deadline deadline) {
            taken.put(group, contents);
            return turns.getOrDefault(group, Turn.Done::new).get();
        }

        @Override
        public boolean renew(String group) {
            renewed.add(group);
            return renews;
        }
    }

    @Test
    void eachGroupHasOneTurnAtAllItsMessages() throws Exception {
        assertThat(consume(1, "a1", "b1", "a2", "a3")).isEmpty();

        assertThat(work.taken).containsOnly(Map.entry("a", List.of("a1", "a2", "a3")), Map.entry("b", List.of("b1")));
        assertThat(visibility.hidden()).isEmpty();
    }

    @Test
    void aGroupThatWaitsIsHandedBackWholeWithOneVisibility() throws Exception {
        work.turns.put("a", () -> new Turn.Wait(Duration.ofSeconds(7)));

        assertThat(consume(1, "a1", "b1", "a2", "a3")).containsExactly("m0", "m2", "m3");
        assertThat(visibility.hidden()).containsExactly(new Hidden(List.of("r0", "r2", "r3"), Duration.ofSeconds(7)));
    }

    @Test
    void aMessageThatHasWaitedOftenIsReplacedBeforeItCountsAsDead() throws Exception {
        work.turns.put("a", () -> new Turn.Wait(Duration.ofMinutes(5)));

        assertThat(consume(14, "a1")).containsExactly("m0");
        assertThat(work.renewed).isEmpty();
        assertThat(consume(15, "a1")).isEmpty();
        assertThat(work.renewed).containsExactly("a");
    }

    @Test
    void aMessageWithoutAnotherOfItsKindIsNeverReplaced() throws Exception {
        work.renews = false;
        work.turns.put("a", () -> new Turn.Wait(Duration.ofMinutes(5)));

        assertThat(consume(25, "a1")).containsExactly("m0");
    }

    @Test
    void whatIsNotAsItShouldBeIsCountedAndComesToLight() throws Exception {
        work.turns.put("a", () -> new Turn.LookAgain(Duration.ofSeconds(1)));

        assertThat(consume(29, "a1", "a2")).containsExactly("m0", "m1");
        assertThat(work.renewed).isEmpty();
        assertThat(visibility.hidden()).containsExactly(new Hidden(List.of("r0", "r1"), Duration.ofSeconds(1)));
    }

    @Test
    void unfinishedWorkIsTakenUpByAnotherMessage() throws Exception {
        work.turns.put("a", Turn.GoOn::new);

        assertThat(consume(1, "a1")).isEmpty();
        assertThat(work.renewed).containsExactly("a");
    }

    @Test
    void unfinishedWorkWithoutAnotherMessageComesBackAtOnce() throws Exception {
        work.renews = false;
        work.turns.put("a", Turn.GoOn::new);

        assertThat(consume(1, "a1")).containsExactly("m0");
        assertThat(visibility.hidden()).containsExactly(new Hidden(List.of("r0"), Duration.ZERO));
    }

    @Test
    void aFailureHandsBackItsOwnGroupOnlyAndForLongerEachTime() throws Exception {
        work.turns.put("a", () -> {
            throw new IllegalStateException("no storage");
        });

        assertThat(consume(1, "a1", "b1")).containsExactly("m0");
        assertThat(consume(3, "a1")).containsExactly("m0");
        assertThat(consume(1000, "a1")).containsExactly("m0");
        assertThat(visibility.hidden())
                .extracting(Hidden::time)
                .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(5));
        assertThat(work.renewed).isEmpty();
    }

    /** Both begin: a message that has waited as often as it may, and one that was never received before. */
    @ParameterizedTest
    @ValueSource(ints = {1, 14})
    void anHourWithoutStorageMakesNoDeadLetter(int receives) throws Exception {
        work.turns.put("a", () -> {
            throw new IllegalStateException("no storage");
        });

        for (int receive = receives; receive < MAX_RECEIVE_COUNT; receive++) {
            consume(receive, "a1");
        }
        assertThat(visibility.hidden().stream().map(Hidden::time).reduce(Duration.ZERO, Duration::plus))
                .isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void anErrorEndsTheInvocationAsItIs() {
        work.turns.put("a", () -> {
            throw new InternalError("no stack left");
        });

        assertThatThrownBy(() -> consume(1, "a1", "b1"))
                .isInstanceOf(InternalError.class)
                .hasMessage("no stack left");
    }

    @Test
    void aMessageThatCannotBeReadHoldsUpNobody() throws Exception {
        assertThat(consume(1, "a1", "", "a2")).containsExactly("m1");
        assertThat(work.taken).containsOnly(Map.entry("a", List.of("a1", "a2")));
        assertThat(visibility.hidden()).containsExactly(new Hidden(List.of("r1"), Duration.ofSeconds(1)));
    }

    @Test
    void groupsTakeTheirTurnsSideBySide() throws Exception {
        CountDownLatch all = new CountDownLatch(10);
        for (String group : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")) {
            work.turns.put(group, () -> {
                all.countDown();
                return await(all) ? new Turn.Done() : new Turn.LookAgain(Duration.ofSeconds(1));
            });
        }

        assertThat(consume(1, "a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1", "i1", "j1"))
                .isEmpty();
    }

    @Test
    void aGroupThatWaitsIsHandedBackWhileItsNeighbourIsStillAtWork() throws Exception {
        work.turns.put("a", () -> new Turn.Wait(Duration.ofSeconds(1)));
        work.turns.put("b", () -> doneWhen(() -> visibility.hidden().size() == 1));

        assertThat(consume(1, "b1", "a1")).containsExactly("m1");
    }

    @Test
    void whoeverIsKeptWaitingLetsGoOfWhatIsDone() throws Exception {
        work.turns.put("b", () -> doneWhen(() -> visibility.deleted().containsAll(List.of("r0", "r2"))));

        assertThat(consumeMore(AMPLE, "a1", "b1", "a2")).isEmpty();
        assertThat(visibility.deleted()).as("the rest is Lambda's to delete").containsExactly("r0", "r2");
    }

    @Test
    void whoeverIsKeptWaitingTakesMore() throws Exception {
        visibility.offer("c1", "d1", "d2", "");
        work.turns.put("c", () -> new Turn.Wait(Duration.ofSeconds(3)));
        work.turns.put("b", () -> doneWhen(() -> visibility.deleted().contains("more-2")));

        assertThat(consumeMore(AMPLE, "b1"))
                .as("Lambda knows nothing of the rest")
                .isEmpty();
        assertThat(work.taken).containsEntry("d", List.of("d1", "d2")).containsEntry("c", List.of("c1"));
        assertThat(visibility.deleted()).containsExactly("more-1", "more-2");
        assertThat(visibility.hidden())
                .containsExactlyInAnyOrder(
                        new Hidden(List.of("more-0"), Duration.ofSeconds(3)),
                        new Hidden(List.of("more-3"), Duration.ofSeconds(1)));
    }

    @Test
    void aGroupAtWorkIsNotTakenASecondTime() throws Exception {
        visibility.offer("b2");
        work.turns.put("b", () -> doneWhen(() -> !visibility.hidden().isEmpty()));

        assertThat(consumeMore(AMPLE, "b1")).isEmpty();
        assertThat(work.taken).containsEntry("b", List.of("b1"));
        assertThat(visibility.hidden()).containsExactly(new Hidden(List.of("more-0"), Duration.ofSeconds(1)));
    }

    @Test
    void aGroupWhoseMessageIsBeingDeletedHasItsNextTurn() throws Exception {
        visibility.offer("c1");
        visibility.afterDelete(deleted -> {
            if (deleted.contains("more-0")) {
                visibility.offer("c2");
                Awaitility.await()
                        .until(() -> work.taken.containsValue(List.of("c2"))
                                || !visibility.hidden().isEmpty());
            }
        });
        work.turns.put("b", () -> doneWhen(() -> visibility.deleted().contains("more-1")));

        assertThat(consumeMore(AMPLE, "b1")).isEmpty();
        assertThat(visibility.hidden()).isEmpty();
    }

    @Test
    void withoutTimeForAnotherTurnNothingMoreIsTaken() throws Exception {
        visibility.offer("c1");
        work.turns.put("b", () -> doneWhen(() -> visibility.deleted().contains("r0")));

        assertThat(consumeMore(new Deadline(() -> 13_999), "a1", "b1")).isEmpty();
        assertThat(work.taken).doesNotContainKey("c");
    }

    @Test
    void thereIsAnEndToHowManyTurnsAreTakenAtOnce() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        for (char group = '0'; group < '0' + 70; group++) {
            visibility.offer(group + "1");
            work.turns.put(String.valueOf(group), () -> await(end) ? new Turn.Done() : new Turn.GoOn());
        }
        work.turns.put("~", () -> {
            // Five batches come on top of this one; then there are enough.
            Awaitility.await().until(() -> work.taken.size() > 50);
            Awaitility.await().during(Duration.ofMillis(500)).until(() -> visibility.waiting() == 20);
            end.countDown();
            return new Turn.Done();
        });

        assertThat(consumeMore(AMPLE, "~1")).isEmpty();
        assertThat(work.taken).hasSizeGreaterThan(50);
    }

    private Turn doneWhen(BooleanSupplier happened) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(happened::getAsBoolean);
        return new Turn.Done();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> consumeMore(Deadline deadline, String... bodies) throws InterruptedException {
        SQSEvent event = Messages.batch(List.of(bodies));
        return Messages.failures(QueueConsumer.takingMore(work, visibility).consume(event, deadline));
    }

    private List<String> consume(int receives, String... bodies) throws InterruptedException {
        SQSEvent event = Messages.batch(List.of(bodies), receives);
        return Messages.failures(consumer.consume(event, AMPLE));
    }
}
