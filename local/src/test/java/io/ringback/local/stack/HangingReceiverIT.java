package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.StreamRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 500 streams to a receiver that hangs, and one to a good one, through the template's queue and function. */
@Timeout(180)
class HangingReceiverIT {
    private static final int HANGING = 500;

    /** As few invocations as the template lets run at once, and more streams than their batches hold. */
    private static final int TWO = 2;

    private static final int FEW = 40;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @Test
    void noEventOfAGoodReceiverWaitsForACircuitOrARetry() throws Exception {
        try (HangingReceiver hanging = new HangingReceiver();
                NotingReceiver good = new NotingReceiver(0);
                DeliveryStage stage = DeliveryStage.large(data, 20)) {
            List<StreamRef> hung = commit(stage, hanging.uri());
            StreamRef stream = DeliveryStage.stream(HANGING + 1, good.uri());
            stage.poke(hung);
            stage.start();
            await().atMost(PATIENCE).until(() -> hanging.connections() > 0);
            deliver(stage, stream, good, 1, 15);

            hanging.hangUp();
            await().atMost(PATIENCE)
                    .until(() -> hung.stream()
                            .flatMap(one -> stage.attempts(one).stream())
                            .anyMatch(attempt -> attempt.detail().startsWith("left alone until ")));
            deliver(stage, stream, good, 16, 30);

            await().atMost(PATIENCE).until(() -> stage.attempts(stream).size() >= 30);
            assertThat(stage.attempts(stream))
                    .extracting(Attempt::outcome)
                    .containsOnly(Outcome.DELIVERED)
                    .hasSize(30);
            assertThat(good.events()).isEqualTo(events(30));
        }
    }

    @Test
    void whoeverHangsKeepsNobodyElseWaiting() throws Exception {
        try (HangingReceiver hanging = new HangingReceiver();
                NotingReceiver good = new NotingReceiver(0);
                DeliveryStage stage = DeliveryStage.small(data, TWO)) {
            List<StreamRef> hung = commit(stage, hanging.uri(), 1, FEW);
            StreamRef stream = DeliveryStage.stream(FEW + 1, good.uri());
            stage.start();
            deliver(stage, stream, good, 1, 1);
            stage.poke(hung);
            await().atMost(PATIENCE).until(() -> hanging.connections() == FEW);

            deliver(stage, stream, good, 2, 6);
            assertThat(hung.stream().flatMap(one -> stage.attempts(one).stream()))
                    .as("attempts that ended meanwhile: all good events came while the others hung")
                    .isEmpty();
        }
    }

    private static List<String> events(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(n -> "event-" + n).toList();
    }

    /** Commits an event each to streams that nobody answers. */
    static List<StreamRef> commit(DeliveryStage stage, URI receiver) {
        return commit(stage, receiver, 1, HANGING);
    }

    static List<StreamRef> commit(DeliveryStage stage, URI receiver, int firstCall, int streams) {
        List<StreamRef> hung = new ArrayList<>();
        for (int call = firstCall; call < firstCall + streams; call++) {
            StreamRef stream = DeliveryStage.stream(call, receiver);
            stage.commit(stream, receiver, 1);
            hung.add(stream);
        }
        return hung;
    }

    private static void deliver(DeliveryStage stage, StreamRef stream, NotingReceiver good, int first, int last) {
        for (int n = first; n <= last; n++) {
            int count = n;
            stage.commit(stream, good.uri(), n);
            stage.poke(List.of(stream));
            await().atMost(PATIENCE).until(() -> good.received().size() >= count);
        }
    }
}
