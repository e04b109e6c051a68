package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.StreamRef;
import io.ringback.local.stack.NotingReceiver.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A retry within a batch of pokes of one stream, as its receiver sees it. */
@Timeout(120)
class RetryOrderIT {
    private static final Duration STEP = Duration.ofSeconds(1);

    /** The queue's own visibility time-out is a minute: what waits for that instead of its step comes later than this. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path data;

    @Test
    void aRetryComesAfterItsStepAndTheNextEventRightBehindIt() throws Exception {
        try (NotingReceiver receiver = new NotingReceiver(1);
                DeliveryStage stage = DeliveryStage.small(data, 20)) {
            StreamRef stream = DeliveryStage.stream(1, receiver.uri());
            for (int n = 1; n <= 10; n++) {
                stage.commit(stream, receiver.uri(), n);
            }
            // The function is not yet invoked, so all ten pokes are one batch.
            stage.poke(Collections.nCopies(10, stream));
            stage.start();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> receiver.received().size() >= 11);
            List<Received> received = receiver.received();
            assertThat(receiver.events())
                    .containsExactlyElementsOf(Stream.concat(
                                    Stream.of("event-1"),
                                    IntStream.rangeClosed(1, 10).mapToObj(n -> "event-" + n))
                            .toList());
            assertThat(between(received, 0, 1)).isBetween(STEP, SOON);
            assertThat(between(received, 1, 10)).isLessThan(SOON);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> stage.attempts(stream).size() == 11);
            assertThat(stage.attempts(stream))
                    .extracting(Attempt::outcome)
                    .startsWith(Outcome.FAILED)
                    .filteredOn(outcome -> outcome != Outcome.DELIVERED)
                    .hasSize(1);
        }
    }

    private static Duration between(List<Received> received, int one, int other) {
        return Duration.ofNanos(received.get(other).nanos() - received.get(one).nanos());
    }
}
