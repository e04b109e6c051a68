package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.ringback.functions.workers.RecordedVisibility.Hidden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueueConsumerTest {
    private static final Deadline AMPLE = new Deadline(() -> 30_000);

    private final RecordedVisibility visibility = new RecordedVisibility();
    private final Letters work = new Letters();
    private final QueueConsumer<String, String> consumer = new QueueConsumer<>(work, visibility);

    /** Bodies are a group's letter and a number; what becomes of a group is told by the test. */
    private static final class Letters implements Work<String, String> {
        private final Map<String, Supplier<Turn>> turns = new HashMap<>();
        private final Map<String, List<String>> taken = new HashMap<>();
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
            synchronized (taken) {
                taken.put(group, contents);
            }
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

        assertThat(consume(19, "a1")).containsExactly("m0");
        assertThat(work.renewed).isEmpty();
        assertThat(consume(20, "a1")).isEmpty();
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
                .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(5));
        assertThat(work.renewed).isEmpty();
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

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> consume(int receives, String... bodies) throws InterruptedException {
        SQSEvent event = Messages.batch(List.of(bodies), receives);
        return Messages.failures(consumer.consume(event, AMPLE));
    }
}
