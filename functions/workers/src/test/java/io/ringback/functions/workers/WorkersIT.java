package io.ringback.functions.workers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JacksonException;
import io.ringback.aws.RandomIds;
import io.ringback.aws.client.AwsClients;
import io.ringback.aws.dynamodb.DynamoCallStore;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.DynamoSubscriptions;
import io.ringback.aws.dynamodb.TableSchema;
import io.ringback.aws.sqs.SqsPokes;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.Reply;
import io.ringback.core.decision.Target;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.emulators.EmbeddedSqs;
import io.ringback.wire.effect.WireEffectEncoder;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The functions through their own constructors and handlers, over DynamoDB Local and ElasticMQ. */
@Timeout(120)
class WorkersIT {
    private static final Path EVENTS = Path.of("..", "..", "events");
    private static EmbeddedDynamoDb dynamoDbServer;
    private static EmbeddedSqs sqsServer;

    private final InstantSource clock = InstantSource.system();
    private final Map<String, String> settings = new HashMap<>();
    private final RandomIds ids = new RandomIds();
    private final String table = "workers-" + UUID.randomUUID();
    private App app;
    private FakeGateway gateway;
    private DynamoDbClient dynamoDb;
    private SqsClient sqs;
    private Pokes pokes;
    private CallProcessor processor;

    @BeforeAll
    static void startEmulators() {
        dynamoDbServer = EmbeddedDynamoDb.inMemory();
        sqsServer = EmbeddedSqs.start();
        TestSurroundings here = new TestSurroundings(Map.of(), dynamoDbServer.endpoint(), sqsServer.endpoint());
        // Without our short time-outs: the first request of a process takes DynamoDB Local seconds.
        var builder = DynamoDbClient.builder();
        here.configure(builder);
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
    void stop() {
        dynamoDb.close();
        sqs.close();
        gateway.close();
        app.close();
    }

    @Test
    void aWholeCallGoesThroughTheQueues() throws IOException {
        ServerCall call = call(create(processor));
        source("MEDIA_COMMANDS", MediaWorkerFunction::new).pump();
        assertThat(gateway.commands()).singleElement().isInstanceOf(MediaCommand.DialLeg.class);

        String participant = call.participants().get(0).participantId();
        report(call, 1, new MediaEvent.LegConnected(participant));
        report(call, 2, new MediaEvent.LegEnded(participant, EndReason.HUNG_UP_BY_PARTICIPANT, null, "", null));
        source("MEDIA_EVENTS", MediaEventsFunction::new).pump();
        assertThat(call(call.serverCallId()).state()).isEqualTo(CallState.TERMINATED);

        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        await().atMost(Duration.ofSeconds(10)).until(() -> callbacks.pump() == 0 && states().size() == 4);
        assertThat(states()).containsExactly("establishing", "established", "terminating", "terminated");
        assertThat(callbacks.receive()).isEmpty();
    }

    @Test
    void noNumberSecretOrQueryIsLogged() throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            app.answer(new MockResponse.Builder()
                    .code(503)
                    .body("+15555550100 at https://ann:pw@app.example/?key=1")
                    .build());
            app.answer(410);
            gateway.answerAlways(400);
            create(processor);
            source("MEDIA_COMMANDS", MediaWorkerFunction::new).pump();
            EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                callbacks.pump();
                return app.received().size() >= 2;
            });
            settings.put("RINGBACK_TABLE", "+15555550100-is-no-table");
            pokes.poke(List.of(new StreamRef("another-call-0000001", callbackTarget())));
            source("CALLBACKS", DeliverCallbackFunction::new).pump();
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(UTF_8))
                .contains("status 503")
                .contains("status 410")
                .contains("the media gateway refused it: 400")
                .contains("+155***00")
                .contains("The turn of ")
                .doesNotContain("15555550100")
                .doesNotContain("15555550199")
                .doesNotContain("key=1")
                .doesNotContain("ann:pw")
                .doesNotContain(FakeGateway.TOKEN)
                .doesNotContain("a2V5")
                .doesNotContain(LiveSecrets.OLD);
    }

    @Test
    void twoEventsASecondApartAreBothDeliveredSoonWithoutTheSweeper() throws IOException {
        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        EventSource reports = source("MEDIA_EVENTS", MediaEventsFunction::new);
        ServerCall call = call(create(processor));
        callbacks.pump();
        assertThat(states()).containsExactly("establishing");

        // An equal poke a second later would be swallowed if its deduplication id were equal too.
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        report(call, 1, new MediaEvent.LegConnected(call.participants().get(0).participantId()));
        await().atMost(Duration.ofSeconds(2)).until(() -> {
            reports.pump();
            callbacks.pump();
            return states().size() == 2;
        });
    }

    @Test
    void everyEntryOfAGroupThatWaitsComesBackTogetherAndOthersGoOn() throws IOException {
        String waiting = create(processor);
        StreamRef stream = new StreamRef(waiting, callbackTarget());
        pokes.poke(List.of(stream, stream));
        pokes.poke(List.of(new StreamRef(
                "another-call-0000001", Target.ofCallback(app.callback().uri()))));
        app.answer(503);

        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        assertThat(callbacks.pump()).isEqualTo(3);
        assertThat(callbacks.receive()).as("at once").isEmpty();

        List<Message> back = new ArrayList<>();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            back.addAll(callbacks.receive());
            return !back.isEmpty();
        });
        assertThat(back).as("after the step of the schedule").hasSize(3);
        assertThat(app.received()).hasSize(1);
    }

    @Test
    void aStreamWhoseReceiverRecoversIsDeliveredInOrder() throws IOException {
        ServerCall call = call(create(processor));
        app.answer(500, 500);
        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        callbacks.pump();
        report(call, 1, new MediaEvent.LegConnected(call.participants().get(0).participantId()));
        source("MEDIA_EVENTS", MediaEventsFunction::new).pump();

        await().atMost(Duration.ofSeconds(20)).until(() -> callbacks.pump() == 0 && states().size() == 4);
        assertThat(states()).containsExactly("establishing", "establishing", "establishing", "established");
    }

    @Test
    void theSweeperWakesWhatLostItsPoke() throws IOException {
        InstantSource earlier = InstantSource.offset(clock, Duration.ofMinutes(-1));
        String silent = create(processor(earlier, streams -> {}));
        assertThat(source("CALLBACKS", DeliverCallbackFunction::new).receive()).isEmpty();

        Invocation.of(new SweeperFunction(), sample("sweeper/ok.json"));

        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            callbacks.pump();
            return app.received().stream().anyMatch(body -> body.contains(silent));
        });
    }

    @Test
    void theWatchEndsTheCallsOfALostGateway() throws IOException {
        String lost = create(processor);
        gateway.silent(true);
        DynamoGateways gateways = new DynamoGateways(dynamoDb, table);
        gateways.heartbeat(gateway.row(clock.instant().minusSeconds(90)));

        Invocation.of(new GatewayWatchFunction(), sample("gateway-watch/ok.json"));

        assertThat(gateways.find("gw-1").orElseThrow().fenced()).isTrue();
        assertThat(Objects.requireNonNull(call(lost).endReason()).reason()).isEqualTo(EndReason.GATEWAY_LOST);
        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        callbacks.pump();
        assertThat(states()).containsExactly("establishing", "terminating", "terminated");
    }

    @Test
    void whatTheSampleSaysIsDelivered() throws IOException {
        String call = create(processor);
        String event = sample("deliver-callback/ok.json")
                .replace("AbCdEfGhIjKlMnOpQr-_", call)
                .replaceAll("cb-[A-Za-z0-9_-]{22}", callbackTarget().key());

        assertThat(Invocation.of(new DeliverCallbackFunction(), event)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(states()).containsExactly("establishing");
    }

    @Test
    void whatTheSampleSaysIsOrdered() throws IOException {
        String event = sample("media-worker/ok.json").replace("AbCdEfGhIjKlMnOpQr-_", create(processor));

        assertThat(Invocation.of(new MediaWorkerFunction(), event)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(gateway.commands()).hasSize(1);
    }

    @Test
    void whatTheSampleSaysIsApplied() throws IOException {
        ServerCall call = call(create(processor));
        String event = sample("media-events/ok.json")
                .replace("AbCdEfGhIjKlMnOpQr-_", call.serverCallId())
                .replace("Tm9ib2R5IGlzIGhl", call.participants().get(0).participantId())
                .replace("\\\"gatewayId\\\":\\\"gateway\\\"", "\\\"gatewayId\\\":\\\"gw-1\\\"");

        assertThat(Invocation.of(new MediaEventsFunction(), event)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(call(call.serverCallId()).lastAppliedEvent()).isEqualTo(2);
        assertThat(call(call.serverCallId()).state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void whatTheSampleOffersIsAskedAboutAndAnswered() throws IOException {
        new DynamoSubscriptions(dynamoDb, table)
                .add(new Subscription(
                        "subscription-1",
                        app.callback(),
                        Set.of(Announcement.INCOMING_CALL, Announcement.CALL_ENDED),
                        List.of(),
                        clock.instant()));
        String id = ids.newServerCallId();
        String event = sample("media-events/incoming-call.json")
                .replace("AbCdEfGhIjKlMnOpQr-_", id)
                .replace("2026-11-22T12:01:00Z", clock.instant().plusSeconds(60).toString())
                .replace("\\\"gatewayId\\\":\\\"gateway\\\"", "\\\"gatewayId\\\":\\\"gw-1\\\"");

        assertThat(Invocation.of(new MediaEventsFunction(), event)).isEqualTo("{\"batchItemFailures\":[]}");
        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        callbacks.pump();
        assertThat(app.received())
                .singleElement()
                .satisfies(asked ->
                        assertThat(asked).contains("Microsoft.Communication.IncomingCall", "incomingCallContext", id));

        processor.change(id, new CallCommand.AnswerCall("subscription-1", app.callback(), Set.of(), null));
        source("MEDIA_COMMANDS", MediaWorkerFunction::new).pump();
        assertThat(gateway.commands()).singleElement().isInstanceOf(MediaCommand.AnswerLeg.class);
        ServerCall call = call(id);
        String caller = call.participants().get(0).participantId();
        report(call, 2, new MediaEvent.LegConnected(caller));
        report(call, 3, new MediaEvent.LegEnded(caller, EndReason.HUNG_UP_BY_PARTICIPANT, null, "", null));
        source("MEDIA_EVENTS", MediaEventsFunction::new).pump();
        await().atMost(Duration.ofSeconds(10)).until(() -> callbacks.pump() == 0 && states().size() == 6);
        assertThat(states().subList(1, 5)).containsExactly("establishing", "established", "terminating", "terminated");
        assertThat(states().get(5)).contains("Microsoft.Communication.CallEnded");
    }

    static Stream<Arguments> samplesOfNobody() {
        return Stream.of(
                Arguments.of((Supplier<RequestStreamHandler>) DeliverCallbackFunction::new, "deliver-callback/ok.json"),
                Arguments.of((Supplier<RequestStreamHandler>) MediaWorkerFunction::new, "media-worker/ok.json"),
                Arguments.of((Supplier<RequestStreamHandler>) MediaEventsFunction::new, "media-events/ok.json"));
    }

    @ParameterizedTest
    @MethodSource("samplesOfNobody")
    void aCallThatIsNotThereHasNothingToDo(Supplier<RequestStreamHandler> function, String sample) throws IOException {
        assertThat(Invocation.of(function.get(), sample(sample))).isEqualTo("{\"batchItemFailures\":[]}");
    }

    static Stream<Arguments> badMessages() {
        return Stream.of(
                Arguments.of(
                        (Supplier<RequestStreamHandler>) DeliverCallbackFunction::new,
                        "deliver-callback/not-a-poke.json"),
                Arguments.of((Supplier<RequestStreamHandler>) MediaWorkerFunction::new, "media-worker/not-a-poke.json"),
                Arguments.of(
                        (Supplier<RequestStreamHandler>) MediaEventsFunction::new, "media-events/not-a-report.json"));
    }

    @ParameterizedTest
    @MethodSource("badMessages")
    void aMessageThatCannotBeReadFailsAlone(Supplier<RequestStreamHandler> function, String sample) throws IOException {
        assertThat(Invocation.of(function.get(), sample(sample)))
                .isEqualTo(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":" + "\"059f36b4-87a3-44ab-83d2-661970000001\"}]}");
    }

    @Test
    void whatIsNoTickFailsTheInvocation() {
        assertThatThrownBy(() -> Invocation.of(new SweeperFunction(), sample("sweeper/not-a-tick.json")))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> Invocation.of(new GatewayWatchFunction(), sample("gateway-watch/not-a-tick.json")))
                .isInstanceOf(JacksonException.class);
    }

    static Stream<Arguments> neededSettings() {
        Map<Supplier<RequestStreamHandler>, List<String>> needed = Map.of(
                DeliverCallbackFunction::new,
                        List.of(
                                "RINGBACK_TABLE",
                                "RINGBACK_CALLBACKS_QUEUE",
                                "RINGBACK_OUTBOUND",
                                "RINGBACK_WEBHOOK_SECRETS_SECRET"),
                MediaWorkerFunction::new,
                        List.of("RINGBACK_TABLE", "RINGBACK_CALLBACKS_QUEUE", "RINGBACK_MEDIA_COMMANDS_QUEUE"),
                MediaEventsFunction::new,
                        List.of(
                                "RINGBACK_TABLE",
                                "RINGBACK_CALLBACKS_QUEUE",
                                "RINGBACK_MEDIA_COMMANDS_QUEUE",
                                "RINGBACK_MEDIA_EVENTS_QUEUE",
                                "RINGBACK_ACCESS_KEYS_SECRET",
                                "RINGBACK_PUBLIC_URL"),
                SweeperFunction::new,
                        List.of("RINGBACK_TABLE", "RINGBACK_CALLBACKS_QUEUE", "RINGBACK_MEDIA_COMMANDS_QUEUE"),
                GatewayWatchFunction::new,
                        List.of("RINGBACK_TABLE", "RINGBACK_CALLBACKS_QUEUE", "RINGBACK_MEDIA_COMMANDS_QUEUE"));
        return needed.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(setting -> Arguments.of(entry.getKey(), setting)));
    }

    @ParameterizedTest
    @MethodSource("neededSettings")
    void aSettingThatIsMissingFailsInTheConstructor(Supplier<RequestStreamHandler> function, String setting) {
        settings.remove(setting);

        assertThatThrownBy(function::get).hasMessage(setting + " is not set");
    }

    private String create(CallProcessor creator) {
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

    private CallProcessor processor(InstantSource time, Pokes wake) {
        return new CallProcessor(store(time), wake, ids, time, conflicts -> {});
    }

    private DynamoCallStore store(InstantSource time) {
        return new DynamoCallStore(dynamoDb, table, new WireEffectEncoder(), ids, time);
    }

    private ServerCall call(String serverCallId) {
        return store(clock).load(serverCallId).orElseThrow();
    }

    private void report(ServerCall call, long number, MediaEvent event) {
        MediaReport report = new MediaReport(call.serverCallId(), FakeGateway.LIFE, number, clock.instant(), event);
        sqs.sendMessage(message -> message.queueUrl(queue("MEDIA_EVENTS"))
                .messageGroupId(call.serverCallId())
                .messageDeduplicationId(UUID.randomUUID().toString())
                .messageBody(GatewayProtocol.encode(report)));
    }

    /** The states that the application was told of, in order. */
    private List<String> states() {
        return app.received().stream()
                .map(body -> body.replaceAll(".*\"callConnectionState\":\"([a-z]+)\".*", "$1"))
                .toList();
    }

    private Target callbackTarget() {
        return Target.ofCallback(app.callback().uri());
    }

    private EventSource source(String queue, Supplier<RequestStreamHandler> function) {
        return new EventSource(sqs, queue(queue), function.get());
    }

    private String queue(String name) {
        return Objects.requireNonNull(settings.get("RINGBACK_" + name + "_QUEUE"));
    }

    private String createQueue() {
        return sqs.createQueue(queue -> queue.queueName(UUID.randomUUID() + ".fifo")
                        .attributes(Map.of(
                                QueueAttributeName.FIFO_QUEUE, "true",
                                QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false",
                                QueueAttributeName.VISIBILITY_TIMEOUT, "20")))
                .queueUrl();
    }

    private static String sample(String path) throws IOException {
        return Files.readString(EVENTS.resolve(path));
    }
}
