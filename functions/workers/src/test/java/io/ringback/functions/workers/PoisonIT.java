package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.RandomIds;
import io.ringback.aws.client.AwsClients;
import io.ringback.aws.dynamodb.DynamoCallStore;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.TableSchema;
import io.ringback.aws.sqs.SqsPokes;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.CallState;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.Reply;
import io.ringback.core.decision.Target;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.StreamRef;
import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.emulators.EmbeddedSqs;
import io.ringback.wire.effect.WireEffectEncoder;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Messages and items that no function can do anything with, over DynamoDB Local and ElasticMQ: they end where an alarm
 * tells of them, and what stands beside them is done.
 */
@Timeout(120)
class PoisonIT {
    /** As often as a queue of these tests gives a message out; those of the template do 30 times. */
    private static final int MOST_RECEIVES = 2;

    private static final Duration SOON = Duration.ofSeconds(20);
    private static EmbeddedDynamoDb dynamoDbServer;
    private static EmbeddedSqs sqsServer;

    private final InstantSource clock = InstantSource.system();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> deadLetters = new HashMap<>();
    private final RandomIds ids = new RandomIds();
    private final String table = "poison-" + UUID.randomUUID();
    private App app;
    private FakeGateway gateway;
    private DynamoDbClient dynamoDb;
    private SqsClient sqs;
    private CallProcessor processor;

    @BeforeAll
    static void startEmulators() {
        dynamoDbServer = EmbeddedDynamoDb.inMemory();
        sqsServer = EmbeddedSqs.start();
        var builder = DynamoDbClient.builder();
        new TestSurroundings(Map.of(), dynamoDbServer.endpoint(), sqsServer.endpoint()).configure(builder);
        // Without our short time-outs: the first request of a process takes DynamoDB Local seconds.
        try (DynamoDbClient patient = builder.build()) {
            patient.listTables();
        }
    }

    @AfterAll
    static void stopEmulators() {
        sqsServer.close();
        dynamoDbServer.close();
    }

    @BeforeEach
    void start() throws IOException {
        app = new App();
        gateway = new FakeGateway();
        TestSurroundings here = new TestSurroundings(settings, dynamoDbServer.endpoint(), sqsServer.endpoint());
        TestSurroundings.install(here);
        dynamoDb = AwsClients.dynamoDb(here);
        sqs = AwsClients.sqs(here);
        dynamoDb.createTable(TableSchema.createTable(table));
        settings.put("RINGBACK_TABLE", table);
        for (String queue : List.of("MEDIA_COMMANDS", "MEDIA_EVENTS", "CALLBACKS")) {
            createQueue(queue);
        }
        settings.put("RINGBACK_CONTROL_TOKEN_SECRET", FakeGateway.TOKEN);
        settings.put("RINGBACK_ACCESS_KEYS_SECRET", "{\"accessKeys\":[\"a2V5\"]}");
        settings.put("RINGBACK_WEBHOOK_SECRETS_SECRET", LiveSecrets.written(LiveSecrets.OLD));
        settings.put("RINGBACK_PUBLIC_URL", "https://calls.example.com");
        settings.put("RINGBACK_OUTBOUND", "local");
        processor = new CallProcessor(
                store(), new SqsPokes(sqs, queue("MEDIA_COMMANDS"), queue("CALLBACKS"), ids), ids, clock, n -> {});
        new DynamoGateways(dynamoDb, table).heartbeat(gateway.row(clock.instant()));
    }

    @AfterEach
    void stop() {
        dynamoDb.close();
        sqs.close();
        gateway.close();
        app.close();
    }

    @Test
    void messagesThatCannotBeReadEndWhereAnAlarmTellsOfThemAndOthersAreDone() throws IOException {
        Map<String, List<String>> poison = Map.of(
                "MEDIA_COMMANDS", List.of(" ", "{", "{\"serverCallId\":7}", poke("call", "cb-1")),
                "CALLBACKS", List.of("null", "[]", poke("call", "media"), poke("call", "novelty")),
                "MEDIA_EVENTS", List.of("nonsense", "{}", report("x", 1).replace("LegConnected", "Unheard")));
        poison.forEach((queue, bodies) -> bodies.forEach(body -> send(queue, body)));
        ServerCall call = create();
        send(
                "MEDIA_EVENTS",
                report(call.serverCallId(), 1, call.participants().get(0).participantId()));

        List<EventSource> sources = sources();
        await().atMost(SOON).until(() -> {
            pump(sources);
            return poison.keySet().stream()
                    .allMatch(queue -> count(deadLetters(queue))
                            == Objects.requireNonNull(poison.get(queue)).size());
        });

        poison.forEach((queue, bodies) -> assertThat(bodies(deadLetters(queue)))
                .as("the dead letters of %s", queue)
                .containsExactlyInAnyOrderElementsOf(bodies));
        assertThat(gateway.commands()).hasSize(1);
        assertThat(call(call.serverCallId()).state()).isEqualTo(CallState.ESTABLISHED);
        await().atMost(SOON).until(() -> {
            pump(sources);
            return app.received().size() == 2;
        });
    }

    @Test
    void messagesOfWhatIsNotThereAreDoneWith() throws IOException {
        ServerCall call = create();
        String participant = call.participants().get(0).participantId();
        String cut = "call-000000000000009";
        send("MEDIA_COMMANDS", poke(cut, "media"));
        send("CALLBACKS", poke(cut, Target.ofCallback(app.callback().uri()).key()));
        send("MEDIA_EVENTS", report(cut, 1, participant));
        GatewayRef foreign = new GatewayRef("gw-2", FakeGateway.LIFE.epoch());
        send("MEDIA_EVENTS", report(call.serverCallId(), foreign, 1, new MediaEvent.LegConnected(participant)));

        pump(sources());

        for (String queue : List.of("MEDIA_COMMANDS", "CALLBACKS", "MEDIA_EVENTS")) {
            assertThat(count(queue(queue))).as(queue).isZero();
            assertThat(count(deadLetters(queue))).as(queue).isZero();
        }
        assertThat(call(call.serverCallId()).lastAppliedEvent()).isZero();
        assertThat(app.received()).hasSize(1);
    }

    @Test
    void aRowThatCannotBeReadHoldsUpItsOwnStreamOnlyAndNotForEver() throws IOException {
        ServerCall broken = create();
        ServerCall whole = create();
        Map<String, AttributeValue> key = Map.of(
                "pk",
                AttributeValue.fromS("OUT#" + broken.serverCallId() + "#"
                        + callbacks(broken).target().key()),
                "sk",
                AttributeValue.fromS("000000000001"));
        Map<String, AttributeValue> row =
                dynamoDb.getItem(get -> get.tableName(table).key(key)).item();
        Map<String, AttributeValue> newer = new HashMap<>(row);
        newer.remove("done");
        dynamoDb.putItem(put -> put.tableName(table).item(newer));

        EventSource callbacks = new EventSource(sqs, queue("CALLBACKS"), new DeliverCallbackFunction());
        assertThat(callbacks.pump()).as("its poke stays").isEqualTo(1);
        assertThat(app.received())
                .singleElement()
                .satisfies(body -> assertThat(body).contains(whole.serverCallId()));

        // Some function knows it.
        dynamoDb.putItem(put -> put.tableName(table).item(row));
        await().atMost(SOON).until(() -> {
            callbacks.pump();
            return app.received().size() == 2;
        });
        assertThat(app.received().get(1)).contains(broken.serverCallId());
    }

    @Test
    void aCallOfANewerShapeIsNotTouchedAndTheOtherCallsOfItsLostGatewayEnd() throws IOException {
        List<ServerCall> calls = List.of(create(), create(), create());
        ServerCall newer = calls.get(1);
        shape(newer, "99");
        gateway.silent(true);
        new DynamoGateways(dynamoDb, table)
                .heartbeat(gateway.row(clock.instant().minusSeconds(90)));
        String tick = Files.readString(Path.of("..", "..", "events", "gateway-watch", "ok.json"));

        Invocation.of(new GatewayWatchFunction(), tick);
        assertThat(call(calls.get(0).serverCallId()).state()).isEqualTo(CallState.TERMINATED);
        assertThat(call(calls.get(2).serverCallId()).state()).isEqualTo(CallState.TERMINATED);

        shape(newer, "1");
        assertThat(call(newer.serverCallId())).isEqualTo(newer);
        Invocation.of(new GatewayWatchFunction(), tick);
        assertThat(call(newer.serverCallId()).state()).isEqualTo(CallState.TERMINATED);
    }

    private void shape(ServerCall call, String shape) {
        dynamoDb.updateItem(update -> update.tableName(table)
                .key(Map.of("pk", AttributeValue.fromS("CALL#" + call.serverCallId()), "sk", AttributeValue.fromS("#")))
                .updateExpression("SET shape = :shape")
                .expressionAttributeValues(Map.of(":shape", AttributeValue.fromN(shape))));
    }

    private static String poke(String serverCallId, String target) {
        return "{\"serverCallId\":\"" + serverCallId + "\",\"target\":\"" + target + "\"}";
    }

    private String report(String serverCallId, long number) {
        return report(serverCallId, number, "p");
    }

    private String report(String serverCallId, long number, String participantId) {
        return report(serverCallId, FakeGateway.LIFE, number, new MediaEvent.LegConnected(participantId));
    }

    private String report(String serverCallId, GatewayRef life, long number, MediaEvent event) {
        return GatewayProtocol.encode(new MediaReport(serverCallId, life, number, clock.instant(), event));
    }

    private StreamRef callbacks(ServerCall call) {
        return new StreamRef(
                call.serverCallId(), Target.ofCallback(app.callback().uri()));
    }

    private ServerCall create() {
        Decision created = processor.create(new CallCommand.CreateCall(
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
        return call(((Reply.CallCreated) ((Decision.Accepted) created).reply()).serverCallId());
    }

    private DynamoCallStore store() {
        return new DynamoCallStore(dynamoDb, table, new WireEffectEncoder(), ids, clock);
    }

    private ServerCall call(String serverCallId) {
        return store().load(serverCallId).orElseThrow();
    }

    private List<EventSource> sources() {
        Map<String, RequestStreamHandler> functions = Map.of(
                "MEDIA_COMMANDS", new MediaWorkerFunction(),
                "MEDIA_EVENTS", new MediaEventsFunction(),
                "CALLBACKS", new DeliverCallbackFunction());
        return functions.entrySet().stream()
                .map(function -> new EventSource(sqs, queue(function.getKey()), function.getValue()))
                .toList();
    }

    private static void pump(List<EventSource> sources) throws IOException {
        for (EventSource source : sources) {
            source.pump();
        }
    }

    private String queue(String name) {
        return Objects.requireNonNull(settings.get("RINGBACK_" + name + "_QUEUE"));
    }

    private String deadLetters(String name) {
        return Objects.requireNonNull(deadLetters.get(name));
    }

    /** Each in a group of its own, as it comes to the queue. */
    private void send(String queue, String body) {
        sqs.sendMessage(message -> message.queueUrl(queue(queue))
                .messageGroupId(UUID.randomUUID().toString())
                .messageDeduplicationId(UUID.randomUUID().toString())
                .messageBody(body));
    }

    private int count(String url) {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(get -> get.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return attributes.values().stream().mapToInt(Integer::parseInt).sum();
    }

    private List<String> bodies(String url) {
        List<String> bodies = new ArrayList<>();
        List<Message> messages;
        do {
            messages = sqs.receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            messages.forEach(message -> bodies.add(message.body()));
        } while (!messages.isEmpty());
        return bodies;
    }

    private void createQueue(String name) {
        String dead = createFifo(Map.of());
        String arn = Objects.requireNonNull(
                sqs.getQueueAttributes(get -> get.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
        deadLetters.put(name, dead);
        settings.put(
                "RINGBACK_" + name + "_QUEUE",
                createFifo(Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":" + MOST_RECEIVES + "}")));
    }

    private String createFifo(Map<QueueAttributeName, String> more) {
        Map<QueueAttributeName, String> attributes = new HashMap<>(more);
        attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
        attributes.put(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false");
        attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, "20");
        return sqs.createQueue(
                        queue -> queue.queueName(UUID.randomUUID() + ".fifo").attributes(attributes))
                .queueUrl();
    }
}
