package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.aws.RandomIds;
import io.ringback.aws.dynamodb.DynamoCallStore;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.DynamoSubscriptions;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.Reply;
import io.ringback.core.decision.Target;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways;
import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.local.runtime.FunctionRuntime;
import io.ringback.local.runtime.InvocationResult;
import io.ringback.local.template.DeploymentTemplate;
import io.ringback.local.template.Template;
import io.ringback.testkit.network.Ports;
import io.ringback.wire.effect.WireEffectEncoder;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;

/** Each worker in its bad moments, with no more permissions than the template gives it: all it needs, it has. */
@Timeout(120)
class WorkerPermissionsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final GatewayRef LIFE = new GatewayRef("gateway", "01KJPQ4Y000000000000000000");
    private static final GatewayRef NEXT_LIFE = new GatewayRef("gateway", "01KJPQ8Y000000000000000000");

    /** So often a message was received that has waited long: it is replaced. */
    private static final int MANY_RECEIVES = 25;

    @TempDir
    Path data;

    private final InstantSource clock = InstantSource.system();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Emulators emulators;
    private Template template;
    private Secrets secrets;
    private Gateways gateways;
    private int nobody;

    @BeforeEach
    void start() throws IOException {
        emulators = Emulators.start(EmbeddedDynamoDb::inMemory);
        template = Template.read(DeploymentTemplate.file(), Map.of("Outbound", "local"), emulators.names());
        new Provisioning(emulators.dynamoDb(), emulators.sqs()).provide(template);
        secrets = Secrets.in(data.resolve("secrets.json"), template.secrets());
        gateways = new DynamoGateways(emulators.dynamoDb(), setting("RINGBACK_TABLE"));
        nobody = Ports.next();
    }

    @AfterEach
    void stop() {
        emulators.close();
        threads.shutdownNow();
    }

    @Test
    void aCallbackThatNobodyTakesWaitsAndItsMessageIsReplaced() throws Exception {
        String call = create(clock);
        String poke = poke(call, Target.ofCallback(callback().uri()));

        assertThat(invokeWithMessage("DeliverCallbackFunction", "RINGBACK_CALLBACKS_QUEUE", poke, 1))
                .contains("itemIdentifier");
        assertThat(invokeWithMessage("DeliverCallbackFunction", "RINGBACK_CALLBACKS_QUEUE", poke, MANY_RECEIVES))
                .isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(bodies("RINGBACK_CALLBACKS_QUEUE")).containsExactly(poke);
    }

    @Test
    void aCommandForASilentGatewayWaitsAndItsMessageIsReplaced() throws Exception {
        String poke = poke(create(clock), Target.MEDIA);

        assertThat(invokeWithMessage("MediaWorkerFunction", "RINGBACK_MEDIA_COMMANDS_QUEUE", poke, 1))
                .contains("itemIdentifier");
        assertThat(invokeWithMessage("MediaWorkerFunction", "RINGBACK_MEDIA_COMMANDS_QUEUE", poke, MANY_RECEIVES))
                .isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(bodies("RINGBACK_MEDIA_COMMANDS_QUEUE")).containsExactly(poke);
    }

    @Test
    void aCommandForAPastLifeOfTheGatewayEndsTheCall() throws Exception {
        String call = create(clock);
        heartbeat(NEXT_LIFE, clock.instant());

        assertThat(invokeWithMessage(
                        "MediaWorkerFunction", "RINGBACK_MEDIA_COMMANDS_QUEUE", poke(call, Target.MEDIA), 1))
                .isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(Objects.requireNonNull(load(call).endReason()).reason()).isEqualTo(EndReason.GATEWAY_LOST);
        assertThat(bodies("RINGBACK_CALLBACKS_QUEUE")).hasSize(1);
    }

    @Test
    void aReportBehindAGapWaitsForTheGateway() throws Exception {
        String call = create(clock);

        assertThat(invokeWithMessage("MediaEventsFunction", "RINGBACK_MEDIA_EVENTS_QUEUE", report(call, 2), 1))
                .contains("itemIdentifier");
        assertThat(load(call).lastAppliedEvent()).isZero();
    }

    @Test
    void aLegThatLivesOnAfterItsCallIsHungUp() throws Exception {
        String call = create(clock);
        operator(clock).change(call, new CallCommand.LoseGateway(LIFE));

        assertThat(invokeWithMessage("MediaEventsFunction", "RINGBACK_MEDIA_EVENTS_QUEUE", report(call, 1), 1))
                .isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(bodies("RINGBACK_MEDIA_COMMANDS_QUEUE")).containsExactly(poke(call, Target.MEDIA));
    }

    @Test
    void aCallerIsOfferedToWhoeverSubscribed() throws Exception {
        new DynamoSubscriptions(emulators.dynamoDb(), setting("RINGBACK_TABLE"))
                .add(new Subscription(
                        "subscription-1", callback(), Set.of(Announcement.INCOMING_CALL), List.of(), clock.instant()));
        String call = new RandomIds().newServerCallId();

        assertThat(invokeWithMessage("MediaEventsFunction", "RINGBACK_MEDIA_EVENTS_QUEUE", offer(call), 1))
                .isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(load(call).awaitsDecision()).isTrue();
        assertThat(bodies("RINGBACK_CALLBACKS_QUEUE"))
                .containsExactly(poke(call, Target.ofCallback(callback().uri())));
    }

    @Test
    void whatIsOverdueIsWoken() throws Exception {
        String call = create(InstantSource.offset(clock, Duration.ofMinutes(-1)));

        invoke("SweeperFunction", tick());

        assertThat(bodies("RINGBACK_MEDIA_COMMANDS_QUEUE")).containsExactly(poke(call, Target.MEDIA));
        assertThat(bodies("RINGBACK_CALLBACKS_QUEUE"))
                .containsExactly(poke(call, Target.ofCallback(callback().uri())));
    }

    @Test
    void aLostGatewayIsFencedAndItsCallsEnd() throws Exception {
        String call = create(clock);
        heartbeat(LIFE, clock.instant().minusSeconds(90));

        invoke("GatewayWatchFunction", tick());

        assertThat(gateways.all()).singleElement().matches(Gateways.Gateway::fenced);
        assertThat(load(call).state()).isEqualTo(CallState.TERMINATED);
        assertThat(bodies("RINGBACK_CALLBACKS_QUEUE")).hasSize(1);
    }

    /** Creates a call without a poke, on a gateway that lives at that moment. */
    private String create(InstantSource time) {
        heartbeat(LIFE, time.instant());
        Decision created = operator(time)
                .create(new CallCommand.CreateCall(
                        LIFE,
                        List.of(),
                        List.of(Identifier.ofPhoneNumber("+15555550100")),
                        Identifier.ofPhoneNumber("+15555550199"),
                        null,
                        "+15555550199",
                        callback(),
                        null,
                        Set.of(),
                        Duration.ofSeconds(60),
                        null));
        return ((Reply.CallCreated) ((Decision.Accepted) created).reply()).serverCallId();
    }

    /** Changes calls with permission for everything, and wakes nobody. */
    private CallProcessor operator(InstantSource time) {
        return new CallProcessor(store(time), streams -> {}, new RandomIds(), time, conflicts -> {});
    }

    private DynamoCallStore store(InstantSource time) {
        return new DynamoCallStore(
                emulators.dynamoDb(), setting("RINGBACK_TABLE"), new WireEffectEncoder(), new RandomIds(), time);
    }

    private ServerCall load(String call) {
        return store(clock).load(call).orElseThrow();
    }

    private Callback callback() {
        return new Callback(URI.create("http://127.0.0.1:" + nobody + "/"), "2021-06-15-preview");
    }

    private void heartbeat(GatewayRef life, Instant at) {
        URI control = URI.create("http://127.0.0.1:" + nobody);
        assertThat(gateways.heartbeat(new Gateways.Gateway(life, control, 0, 1, false, false, at)))
                .isTrue();
    }

    private String report(String call, long number) {
        return GatewayProtocol.encode(new MediaReport(
                call,
                LIFE,
                number,
                clock.instant(),
                new MediaEvent.LegConnected(load(call).participants().get(0).participantId())));
    }

    private String offer(String call) {
        return GatewayProtocol.encode(new MediaReport(
                call,
                LIFE,
                1,
                clock.instant(),
                new MediaEvent.CallOffered(
                        Origin.Kind.INCOMING,
                        Identifier.ofPhoneNumber("+15555550150"),
                        null,
                        Identifier.ofPhoneNumber("+15555550199"),
                        "caller",
                        null,
                        clock.instant().plusSeconds(60))));
    }

    private static String poke(String call, Target target) {
        return JSON.createObjectNode()
                .put("serverCallId", call)
                .put("target", target.key())
                .toString();
    }

    /** Sends the message to the function's queue and hands it over as if it had been received so often. */
    private String invokeWithMessage(String function, String queue, String body, int receives) throws Exception {
        String url = setting(queue);
        emulators.sqs().purgeQueue(PurgeQueueRequest.builder().queueUrl(url).build());
        emulators
                .sqs()
                .sendMessage(send -> send.queueUrl(url)
                        .messageBody(body)
                        .messageGroupId("group")
                        .messageDeduplicationId(UUID.randomUUID().toString()));
        Message message = emulators
                .sqs()
                .receiveMessage(receive -> receive.queueUrl(url))
                .messages()
                .get(0);
        ObjectNode event = JSON.createObjectNode();
        event.putArray("Records")
                .addObject()
                .put("messageId", message.messageId())
                .put("receiptHandle", message.receiptHandle())
                .put("body", body)
                .putObject("attributes")
                .put("ApproximateReceiveCount", Integer.toString(receives));
        String answer = invoke(function, event.toString());
        emulators.sqs().deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
        return answer;
    }

    private String invoke(String function, String event) throws InterruptedException {
        FunctionRuntime runtime = new FunctionRuntime(
                template.function(function).overriding(Map.of("RINGBACK_PUBLIC_URL", "http://127.0.0.1")),
                emulators.cloud(secrets, TestStacks::note),
                clock,
                threads);
        InvocationResult result = runtime.invoke(event.getBytes(StandardCharsets.UTF_8));
        assertThat(result).isInstanceOf(InvocationResult.Returned.class);
        return ((InvocationResult.Returned) result).payload();
    }

    private List<String> bodies(String queue) {
        return emulators
                .sqs()
                .receiveMessage(receive -> receive.queueUrl(setting(queue)).maxNumberOfMessages(10))
                .messages()
                .stream()
                .map(Message::body)
                .toList();
    }

    private static String tick() {
        return "{\"id\":\"1\",\"detail-type\":\"Scheduled Event\",\"time\":\"2026-11-22T12:00:00Z\"}";
    }

    private String setting(String name) {
        return new Deployment(template, secrets).setting(name);
    }
}
