package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.sqs.SqsPokes;
import io.ringback.core.call.CallState;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Messages and items that no function can do anything with, over DynamoDB Local and ElasticMQ: they end where an alarm
 * tells of them, and what stands beside them is done.
 */
class PoisonIT extends LiveWorkers {
    /** As often as a queue of these tests gives a message out; those of the template do 30 times. */
    private static final int MOST_RECEIVES = 2;

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Map<String, String> deadLetters = new HashMap<>();

    @BeforeEach
    void sendPoisonToDeadLetters() {
        for (String queue : List.of("MEDIA_COMMANDS", "MEDIA_EVENTS", "CALLBACKS")) {
            replaceQueue(queue);
        }
        pokes = new SqsPokes(sqs, queue("MEDIA_COMMANDS"), queue("CALLBACKS"), ids);
        processor = processor(clock, pokes);
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
        send("CALLBACKS", poke(cut, callbackTarget().key()));
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
        String tick = sample("gateway-watch/ok.json");

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
        return new StreamRef(call.serverCallId(), callbackTarget());
    }

    private ServerCall create() {
        return call(create(processor));
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

    private void replaceQueue(String name) {
        String dead = createQueue();
        String arn = Objects.requireNonNull(
                sqs.getQueueAttributes(get -> get.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
        deadLetters.put(name, dead);
        settings.put(
                "RINGBACK_" + name + "_QUEUE",
                createQueue(Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":" + MOST_RECEIVES + "}")));
    }
}
