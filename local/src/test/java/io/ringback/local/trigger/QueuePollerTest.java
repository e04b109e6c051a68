package io.ringback.local.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.local.runtime.Cloud;
import io.ringback.local.runtime.FunctionRuntime;
import io.ringback.local.template.LambdaFunction;
import io.ringback.local.template.LocalNames;
import io.ringback.local.template.QueueSource;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

class QueuePollerTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    @Test
    void aRequestThatItsEndBreaksOffIsNotMadeAgain() {
        WaitingQueue queue = new WaitingQueue();
        ExecutorService threads = Executors.newCachedThreadPool();
        QueuePoller poller = poller(queue, threads);
        poller.start();
        Awaitility.await().until(() -> queue.requests.get() == 1);

        poller.close();

        assertThat(queue.requests).hasValue(1);
        threads.shutdownNow();
    }

    private static QueuePoller poller(SqsClient sqs, ExecutorService threads) {
        LocalNames names = new LocalNames("000000000000", "us-east-1", "test", NOWHERE);
        QueueSource source = new QueueSource(names.arn("sqs", "jobs.fifo"), 10, true, 5);
        LambdaFunction function = new LambdaFunction(
                "Noting",
                NotingFunction.class.getName(),
                Duration.ofSeconds(10),
                Map.of(),
                List.of(),
                List.of(),
                List.of(source),
                List.of());
        Cloud cloud = new Cloud(names, NOWHERE, NOWHERE, arn -> Optional.empty(), access -> {});
        return new QueuePoller(
                source,
                names.queueUrl("jobs.fifo"),
                names.region(),
                new FunctionRuntime(function, cloud, InstantSource.system(), threads),
                Handover.DIRECT,
                sqs,
                threads);
    }

    /** Has no message, and says of an interrupted request what the SDK says of one in the middle of its answer. */
    private static final class WaitingQueue implements SqsClient {
        private final AtomicInteger requests = new AtomicInteger();

        @Override
        public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            requests.incrementAndGet();
            try {
                new CountDownLatch(1).await();
                return ReceiveMessageResponse.builder().build();
            } catch (InterruptedException e) {
                throw SdkClientException.create("unable to unmarshall the response", e);
            }
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
