package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.port.Outbox;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a receiver may take (native API §4): real seconds, for both cases at once. */
@Timeout(60)
class AnswerTimeIT {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void anAnswerWithinTenSecondsCountsAndALaterOneDoesNot() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Timed> slow = threads.submit(() -> post(Duration.ofSeconds(8)));
            Future<Timed> tooSlow = threads.submit(() -> post(Duration.ofSeconds(30)));

            assertThat(slow.get().answer().status()).isEqualTo(204);
            assertThat(tooSlow.get().answer().status()).isZero();
            assertThat(tooSlow.get().took()).isBetween(Duration.ofMillis(9_500), Duration.ofSeconds(20));
        } finally {
            threads.shutdownNow();
        }
    }

    private record Timed(Answer answer, Duration took) {}

    /** One attempt at a receiver that answers after so long. */
    private static Timed post(Duration after) throws IOException {
        try (MockWebServer app = new MockWebServer()) {
            app.enqueue(new MockResponse.Builder()
                    .code(204)
                    .headersDelay(after.toMillis(), TimeUnit.MILLISECONDS)
                    .build());
            app.start();
            HttpReceiver receiver =
                    new HttpReceiver(OutboundPolicy.LOCAL, new LiveSecrets(LiveSecrets.OLD), new FakeClock(NOON));
            long begun = System.nanoTime();
            Answer answer = receiver.post(new Outbox.Item(
                    1, "ev1", "t", app.url("/").uri(), NOON, NOON.plusSeconds(3600), "[{\"specversion\":\"1.0\"}]"));
            return new Timed(answer, Duration.ofNanos(System.nanoTime() - begun));
        }
    }
}
