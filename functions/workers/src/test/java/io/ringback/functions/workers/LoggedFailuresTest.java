package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.RandomIds;
import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.aws.sqs.SqsPokes;
import io.ringback.core.decision.Target;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context.BeforeExecution;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a service or a port says when it fails may quote whatever we gave it; the log has it masked. */
class LoggedFailuresTest {
    private static final String QUOTED = "no answer about +15555550100 at https://ann:pw@app.example/cb?key=1";
    private static final String QUEUE = "https://sqs.example/queue.fifo";
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    static List<Consumer<SqsClient>> requests() {
        List<String> receipts = List.of("receipt");
        StreamRef stream = new StreamRef("call-000000000000001", Target.MEDIA);
        return List.of(
                sqs -> new SqsInbox(sqs, QUEUE).hide(receipts, Duration.ofSeconds(1)),
                sqs -> new SqsInbox(sqs, QUEUE).receive(Duration.ZERO),
                sqs -> new SqsInbox(sqs, QUEUE).delete(receipts),
                sqs -> new SqsPokes(sqs, QUEUE, QUEUE, new RandomIds()).poke(List.of(stream)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void thoseOfAQueueAreMasked(Consumer<SqsClient> request) {
        var builder = SqsClient.builder();
        new TestSurroundings(Map.of(), NOWHERE, NOWHERE).configure(builder);
        ExecutionInterceptor failing = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(BeforeExecution context, ExecutionAttributes attributes) {
                throw SdkClientException.create(QUOTED);
            }
        };
        try (SqsClient sqs = builder.overrideConfiguration(to -> to.addExecutionInterceptor(failing))
                .build()) {
            assertMasked(Logged.by(() -> request.accept(sqs)));
        }
    }

    @Test
    void thoseOfTheSweepAreMasked() {
        FakeClock clock = FakeClock.atNoon();
        Outbox outbox =
                Crash.survived(0, QUOTED).around(Outbox.class, new MemoryStorage(new PlainEncoder(), clock).outbox());
        Pokes nobody = streams -> {};

        assertMasked(Logged.by(() -> new Sweep(outbox, nobody, clock).run(new Deadline(() -> 30_000))));
    }

    private static void assertMasked(String log) {
        assertThat(log)
                .contains("+155***00")
                .contains("https://app.example/cb")
                .doesNotContain("15555550100")
                .doesNotContain("ann:pw")
                .doesNotContain("key=1");
    }
}
