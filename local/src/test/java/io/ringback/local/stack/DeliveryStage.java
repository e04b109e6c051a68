package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.RandomIds;
import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.dynamodb.DynamoCallStore;
import io.ringback.aws.dynamodb.DynamoTimelines;
import io.ringback.aws.sqs.SqsPokes;
import io.ringback.core.call.Callback;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines;
import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.local.runtime.Cloud;
import io.ringback.local.runtime.FunctionRuntime;
import io.ringback.local.template.DeploymentTemplate;
import io.ringback.local.template.LambdaFunction;
import io.ringback.local.template.LocalNames;
import io.ringback.local.template.QueueSource;
import io.ringback.local.template.Template;
import io.ringback.local.trigger.Handover;
import io.ringback.local.trigger.QueuePoller;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Callbacks as the template delivers them: table, queue, poller and function; events come from the test. */
final class DeliveryStage implements AutoCloseable {
    private final InstantSource clock = InstantSource.system();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Emulators emulators;
    private final CallStore calls;
    private final Timelines timelines;
    private final SqsPokes pokes;
    private final QueuePoller poller;
    private final SqsClient sqs;
    private final Closeable queue;

    /** Over ElasticMQ. */
    static DeliveryStage small(Path data, int concurrency) throws IOException {
        Emulators emulators = Emulators.start(EmbeddedDynamoDb::inMemory);
        return new DeliveryStage(data, concurrency, emulators, emulators.names(), () -> {});
    }

    /** Over a queue that stands hundreds of groups of which a message is out. */
    static DeliveryStage large(Path data, int concurrency) throws IOException {
        FifoQueueServer queue = new FifoQueueServer(Duration.ofMinutes(1));
        LocalNames names = new LocalNames("000000000000", "us-east-1", "ringback", queue.uri());
        return new DeliveryStage(data, concurrency, Emulators.start(EmbeddedDynamoDb::inMemory), names, queue);
    }

    private DeliveryStage(Path data, int concurrency, Emulators emulators, LocalNames names, Closeable queue)
            throws IOException {
        this.emulators = emulators;
        this.queue = queue;
        Template template = Template.read(
                DeploymentTemplate.file(),
                Map.of("Outbound", "local", "CallbackConcurrency", Integer.toString(concurrency)),
                names);
        new Provisioning(emulators.dynamoDb(), emulators.sqs()).provide(template);
        String table = template.tables().get(0).name();
        calls = new DynamoCallStore(emulators.dynamoDb(), table, new PlainEncoder(), new RandomIds(), clock);
        timelines = new DynamoTimelines(emulators.dynamoDb(), table, clock);
        LambdaFunction function = template.function("DeliverCallbackFunction");
        QueueSource source = function.queues().get(0);
        String queueUrl = names.queueUrl(source.queueName());
        URI endpoint = URI.create(queueUrl).resolve("/");
        sqs = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(endpoint)
                .region(Region.of(names.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "operator")))
                .build();
        pokes = new SqsPokes(sqs, queueUrl, queueUrl, new RandomIds());
        Secrets secrets = Secrets.in(data.resolve("secrets.json"), template.secrets());
        URI dynamoDb = emulators.cloud(secrets, TestStacks::note).dynamoDb();
        Cloud cloud = new Cloud(names, dynamoDb, endpoint, secrets, TestStacks::note);
        poller = new QueuePoller(
                source,
                queueUrl,
                names.region(),
                new FunctionRuntime(function, cloud, clock, threads),
                Handover.DIRECT,
                sqs,
                threads);
    }

    /** From now on the function is invoked. */
    void start() {
        poller.start();
    }

    /** A stream of the call of this number. */
    static StreamRef stream(int call, URI callback) {
        return new StreamRef("call-%015d".formatted(call), Target.ofCallback(callback));
    }

    /** Commits events of these numbers in one commit; the event of number n is called event-n. */
    void commit(StreamRef stream, URI callback, long... sequences) {
        Instant now = clock.instant();
        List<Effect> effects = LongStream.of(sequences)
                .mapToObj(sequence -> CallSamples.event(new Callback(callback, "2021-06-15-preview"), sequence, now))
                .toList();
        ServerCall call =
                calls.load(stream.serverCallId()).orElseGet(() -> CallSamples.fresh(stream.serverCallId(), now));
        assertThat(calls.commit(CallSamples.commit(call, effects, now))).isEqualTo(CallStore.CommitResult.STORED);
    }

    /** Wakes these streams, several messages for one that is named several times. */
    void poke(Collection<StreamRef> streams) {
        pokes.poke(streams);
    }

    /** The delivery log of the call's events, as its timeline tells it. */
    List<Attempt> attempts(StreamRef stream) {
        List<Attempt> attempts = new ArrayList<>();
        Timelines.Answer.Page page =
                (Timelines.Answer.Page) timelines.read(stream.serverCallId(), Timelines.MOST, null);
        for (Timelines.Entry entry : page.entries()) {
            if (entry instanceof Timelines.Sent sent) {
                attempts.addAll(sent.attempts());
            }
        }
        return attempts;
    }

    @Override
    public void close() throws IOException {
        poller.close();
        threads.shutdownNow();
        sqs.close();
        queue.close();
        emulators.close();
    }
}
