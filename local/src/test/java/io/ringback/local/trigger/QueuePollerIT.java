package io.ringback.local.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringback.emulators.EmbeddedSqs;
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
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

class QueuePollerIT {
    private EmbeddedSqs emulator;
    private SqsClient sqs;
    private ExecutorService threads;
    private QueuePoller poller;
    private String queueUrl;

    @BeforeEach
    void start() {
        NotingFunction.BODIES.clear();
        NotingFunction.MOST_AT_ONCE.set(0);
        emulator = EmbeddedSqs.start();
        sqs = SqsClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
        queueUrl = sqs.createQueue(request -> request.queueName("jobs.fifo")
                        .attributesWithStrings(Map.of("FifoQueue", "true", "VisibilityTimeout", "1")))
                .queueUrl();
        threads = Executors.newCachedThreadPool();
        LocalNames names = new LocalNames("000000000000", "us-east-1", "test", emulator.endpoint());
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
        Cloud cloud = new Cloud(
                names, URI.create("http://127.0.0.1:1"), emulator.endpoint(), arn -> Optional.empty(), access -> {});
        poller = new QueuePoller(
                source,
                queueUrl,
                names.region(),
                new FunctionRuntime(function, cloud, InstantSource.system(), threads),
                Handover.DIRECT,
                sqs,
                threads);
        poller.start();
    }

    @AfterEach
    void stop() {
        poller.close();
        threads.shutdownNow();
        sqs.close();
        emulator.close();
    }

    @Test
    void bringsAFailedMessageAgainBeforeTheLaterOnesOfItsGroup() {
        send("a", "fail 1");
        send("a", "2");

        await().atMost(Duration.ofSeconds(10)).until(() -> NotingFunction.BODIES.size() >= 2);
        assertThat(NotingFunction.BODIES).containsExactly("fail 1", "2");
    }

    @Test
    void keepsTheOrderOfAGroupAndRunsOneInvocationForItAtATime() {
        for (int i = 0; i < 40; i++) {
            send("a", String.format("%02d", i));
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> NotingFunction.BODIES.size() >= 40);
        assertThat(List.copyOf(NotingFunction.BODIES)).hasSize(40).isSorted();
        assertThat(NotingFunction.MOST_AT_ONCE).hasValue(1);
    }

    @Test
    void deletesWhatIsDone() {
        send("a", "1");
        await().atMost(Duration.ofSeconds(10)).until(() -> !NotingFunction.BODIES.isEmpty());

        await().atMost(Duration.ofSeconds(10))
                .until(() -> sqs
                        .getQueueAttributes(
                                request -> request.queueUrl(queueUrl).attributeNamesWithStrings("All"))
                        .attributesAsStrings()
                        .entrySet()
                        .stream()
                        .filter(attribute -> attribute.getKey().startsWith("ApproximateNumberOfMessages"))
                        .allMatch(attribute -> attribute.getValue().equals("0")));
    }

    private void send(String group, String body) {
        sqs.sendMessage(request -> request.queueUrl(queueUrl)
                .messageBody(body)
                .messageGroupId(group)
                .messageDeduplicationId(UUID.randomUUID().toString()));
    }
}
