package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringback.core.port.StreamRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long events take to a good receiver, from their commit to their arrival: alone, while 500 streams come upon
 * a receiver that hangs within ten seconds, and while 500 do all at once. Each time from the first moment, when nobody
 * knows of it, over the time-outs of the attempts to those that come back half a minute later. What 500 at once cost that
 * nobody keeps waiting comes before, so that the work can be told from the hanging. Run by the profile {@code bench}; what
 * it measures is not asserted.
 */
class HangingReceiverBench {
    private static final int EVENTS = 1200;
    private static final Duration SPACING = Duration.ofMillis(40);
    private static final int WARMING_UP = 250;

    private static final int MANY = 500;

    /** Streams that begin to hang with each event: 500 in ten seconds. */
    private static final int TWO = 2;

    /** A call of its own for each run, beside those that hang. */
    private static final int FIRST_CALL = 10_000;

    @TempDir
    Path data;

    @Test
    void printsWhatAHangingReceiverCostsTheOthers() throws Exception {
        try (HangingReceiver hanging = new HangingReceiver();
                HangingReceiver another = new HangingReceiver();
                NotingReceiver prompt = new NotingReceiver(0);
                NotingReceiver good = new NotingReceiver(0);
                DeliveryStage stage = DeliveryStage.large(data, 20)) {
            stage.start();
            warmUp(stage);
            deliver(stage, good, FIRST_CALL, WARMING_UP, List.of(), 0);
            List<Long> alone = deliver(stage, good, FIRST_CALL + 1, EVENTS, List.of(), 0);
            print("alone", alone, alone);

            List<StreamRef> answered = HangingReceiverIT.commit(stage, prompt.uri(), 3000, MANY);
            print(
                    "beside 500 streams to one that answers, all at once",
                    deliver(stage, good, FIRST_CALL + 2, EVENTS, answered, MANY),
                    alone);
            assertThat(prompt.received()).hasSize(MANY);

            List<StreamRef> hung = HangingReceiverIT.commit(stage, hanging.uri());
            print(
                    "beside 500 streams to one that hangs, within ten seconds",
                    deliver(stage, good, FIRST_CALL + 3, EVENTS, hung, TWO),
                    alone);
            assertThat(hanging.connections()).isPositive();

            List<StreamRef> more = HangingReceiverIT.commit(stage, another.uri(), 2000, MANY);
            print("beside 500 more, all at once", deliver(stage, good, FIRST_CALL + 4, EVENTS, more, MANY), alone);
            assertThat(another.connections()).isGreaterThanOrEqualTo(more.size());
        }
    }

    /** Has as many instances of the function made as may run at once; nothing of it is left behind. */
    private static void warmUp(DeliveryStage stage) throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (NotingReceiver slow = new NotingReceiver(0, mayAnswer)) {
            List<StreamRef> streams = HangingReceiverIT.commit(stage, slow.uri(), 1000, 250);
            stage.poke(streams);
            await().atMost(Duration.ofSeconds(60)).until(() -> slow.received().size() >= 150);
            mayAnswer.countDown();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> streams.stream()
                            .allMatch(stream -> stage.attempts(stream).size() == 1));
        }
    }

    /**
     * Nanoseconds from the commit of each event to its arrival, ascending.
     *
     * @param others are woken meanwhile
     * @param atATime so many with each event
     */
    private static List<Long> deliver(
            DeliveryStage stage, NotingReceiver good, int call, int events, List<StreamRef> others, int atATime) {
        StreamRef stream = DeliveryStage.stream(call, good.uri());
        int before = good.received().size();
        List<Long> committed = new ArrayList<>();
        int woken = 0;
        long start = System.nanoTime();
        for (int n = 1; n <= events; n++) {
            LockSupport.parkNanos(start + n * SPACING.toNanos() - System.nanoTime());
            int next = Math.min(others.size(), woken + atATime);
            stage.poke(others.subList(woken, next));
            woken = next;
            stage.commit(stream, good.uri(), n);
            committed.add(System.nanoTime());
            stage.poke(List.of(stream));
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> good.received().size() == before + events);
        List<Long> took = new ArrayList<>();
        for (int n = 0; n < events; n++) {
            took.add(good.received().get(before + n).nanos() - committed.get(n));
        }
        return took.stream().sorted().toList();
    }

    private static void print(String how, List<Long> took, List<Long> alone) {
        System.out.printf(
                Locale.ROOT,
                "%d events to a good receiver, %s: p50 %.1f ms, p99 %.1f ms, longest %.1f ms; ratio of p99 %.2f%n",
                took.size(),
                how,
                millis(took, 0.5),
                millis(took, 0.99),
                millis(took, 1),
                millis(took, 0.99) / millis(alone, 0.99));
    }

    private static double millis(List<Long> ascending, double quantile) {
        int index = (int) Math.ceil(quantile * ascending.size()) - 1;
        return ascending.get(index) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
