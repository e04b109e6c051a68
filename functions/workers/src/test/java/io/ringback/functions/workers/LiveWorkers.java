package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.RandomIds;
import io.ringback.aws.client.AwsClients;
import io.ringback.aws.dynamodb.DynamoCallStore;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.TableSchema;
import io.ringback.aws.sqs.SqsPokes;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.Reply;
import io.ringback.core.decision.Target;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Pokes;
import io.ringback.wire.effect.WireEffectEncoder;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What the functions find in the cloud, over emulators: a table, queues, settings; and beyond it an application and a gateway. */
@ExtendWith(Emulators.Shared.class)
@Timeout(120)
abstract class LiveWorkers {
    private static final Path EVENTS = Path.of("..", "..", "events");

    final InstantSource clock = InstantSource.system();
    final Map<String, String> settings = new HashMap<>();
    final RandomIds ids = new RandomIds();
    final String table = "workers-" + UUID.randomUUID();
    App app;
    FakeGateway gateway;
    DynamoDbClient dynamoDb;
    SqsClient sqs;
    Pokes pokes;
    CallProcessor processor;

    @BeforeEach
    final void start(Emulators emulators) throws IOException {
        app = new App();
        gateway = new FakeGateway();
        TestSurroundings here = emulators.with(settings);
        TestSurroundings.install(here);
        dynamoDb = AwsClients.dynamoDb(here);
        sqs = AwsClients.sqs(here);
        dynamoDb.createTable(TableSchema.createTable(table));
        settings.put("RINGBACK_TABLE", table);
        settings.put("RINGBACK_MEDIA_COMMANDS_QUEUE", createQueue());
        settings.put("RINGBACK_MEDIA_EVENTS_QUEUE", createQueue());
        settings.put("RINGBACK_CALLBACKS_QUEUE", createQueue());
        settings.put("RINGBACK_CONTROL_TOKEN_SECRET", FakeGateway.TOKEN);
        settings.put("RINGBACK_ACCESS_KEYS_SECRET", "{\"accessKeys\":[\"a2V5\"]}");
        settings.put("RINGBACK_WEBHOOK_SECRETS_SECRET", LiveSecrets.written(LiveSecrets.OLD));
        settings.put("RINGBACK_PUBLIC_URL", "https://calls.example.com");
        settings.put("RINGBACK_OUTBOUND", "local");
        pokes = new SqsPokes(sqs, queue("MEDIA_COMMANDS"), queue("CALLBACKS"), ids);
        processor = processor(clock, pokes);
        new DynamoGateways(dynamoDb, table).heartbeat(gateway.row(clock.instant()));
    }

    @AfterEach
    final void stop() {
        dynamoDb.close();
        sqs.close();
        gateway.close();
        app.close();
    }

    final String create(CallProcessor creator) {
        Decision created = creator.create(new CallCommand.CreateCall(
                FakeGateway.LIFE,
                List.of(),
                List.of(Identifier.ofPhoneNumber("+15555550100")),
                Identifier.ofPhoneNumber("+15555550199"),
                null,
                "+15555550199",
                app.callback(),
                null,
                Set.of(),
                Duration.ofSeconds(60),
                null));
        return ((Reply.CallCreated) ((Decision.Accepted) created).reply()).serverCallId();
    }

    final CallProcessor processor(InstantSource time, Pokes wake) {
        return new CallProcessor(store(time), wake, ids, time, conflicts -> {});
    }

    final DynamoCallStore store(InstantSource time) {
        return new DynamoCallStore(dynamoDb, table, new WireEffectEncoder(), ids, time);
    }

    final ServerCall call(String serverCallId) {
        return store(clock).load(serverCallId).orElseThrow();
    }

    final void report(ServerCall call, long number, MediaEvent event) {
        MediaReport report = new MediaReport(call.serverCallId(), FakeGateway.LIFE, number, clock.instant(), event);
        sqs.sendMessage(message -> message.queueUrl(queue("MEDIA_EVENTS"))
                .messageGroupId(call.serverCallId())
                .messageDeduplicationId(UUID.randomUUID().toString())
                .messageBody(GatewayProtocol.encode(report)));
    }

    /** The states that the application was told of, in order. */
    final List<String> states() {
        return app.received().stream()
                .map(body -> body.replaceAll(".*\"callConnectionState\":\"([a-z]+)\".*", "$1"))
                .toList();
    }

    final Target callbackTarget() {
        return Target.ofCallback(app.callback().uri());
    }

    final EventSource source(String queue, Supplier<RequestStreamHandler> function) {
        return new EventSource(sqs, queue(queue), function.get());
    }

    final String queue(String name) {
        return Objects.requireNonNull(settings.get("RINGBACK_" + name + "_QUEUE"));
    }

    final String createQueue() {
        return createQueue(Map.of());
    }

    final String createQueue(Map<QueueAttributeName, String> more) {
        Map<QueueAttributeName, String> attributes = new HashMap<>(more);
        attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
        attributes.put(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false");
        attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, "20");
        return sqs.createQueue(
                        queue -> queue.queueName(UUID.randomUUID() + ".fifo").attributes(attributes))
                .queueUrl();
    }

    static String sample(String path) throws IOException {
        return Files.readString(EVENTS.resolve(path));
    }
}
