package io.ringback.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.Gateways;
import io.ringback.local.demo.ApiClient;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.demo.FlakyReceiver;
import io.ringback.local.template.DeploymentTemplate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** What is lost, late or dead between the parts of a stack, and how it is made up for. */
class FaultsIT {
    private static final GatewayRef GHOST = new GatewayRef("ghost", "01KJPQ4Y000000000000000000");
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");
    private static final String LISTENER = "+15555550100";

    @TempDir
    Path data;

    private LocalStack stack;
    private ApiClient api;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        stack = LocalStack.start(TestStacks.options(data));
        api = new ApiClient(stack.ready());
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    @Execution(CONCURRENT)
    void callsOfALostGatewayEnd() throws Exception {
        try (CallbackReceiver receiver = TestStacks.receiver()) {
            // The emptiest gateway gets the call; then nothing more is heard of it.
            announceGhost(Instant.now());
            String connection = create(receiver.uri("/events").toString());
            announceGhost(Instant.now().minusSeconds(120));

            tick("GatewayWatchFunction", "gateway-watch");

            JsonNode terminated = receiver.await(
                            "CallConnectionStateChanged",
                            event -> event.path("callConnectionState").asText().equals("terminated"),
                            "terminated",
                            Duration.ofSeconds(20))
                    .data();
            assertThat(terminated.path("callConnectionId").asText()).isEqualTo(connection);
            assertThat(terminated.path("resultInfo").path("reason").asText()).isEqualTo("gatewayLost");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void lostPokesAreMadeUpForByTheSweeper() throws Exception {
        try (FlakyReceiver receiver = new FlakyReceiver(1, Duration.ZERO)) {
            announceGhost(Instant.now());
            create(receiver.uri());
            // One attempt at the callback failed, and the dial command found no gateway: both wait for their pokes.
            await().atMost(Duration.ofSeconds(10)).until(() -> receiver.refusalsLeft() == 0);
            purge("RINGBACK_CALLBACKS_QUEUE");
            purge("RINGBACK_MEDIA_COMMANDS_QUEUE");

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> {
                        tick("SweeperFunction", "sweeper");
                        return !receiver.taken().isEmpty();
                    });
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aSlowReceiverGetsEverythingInOrder() throws Exception {
        try (FlakyReceiver receiver = new FlakyReceiver(0, Duration.ofSeconds(9))) {
            // Four events at 9 s each: nobody waits for the stream but itself.
            String connection = create(receiver.uri());
            await().until(() -> state(connection).equals("established"));
            api.post("/calling/callConnections/" + connection + "/:terminate", Map.of(), 202);

            await().atMost(Duration.ofSeconds(60)).until(() -> receiver.taken().size() == 4);
            for (int i = 0; i < 4; i++) {
                assertThat(receiver.taken().get(i)).contains("\"sequence\":\"00000000000" + (i + 1) + "\"");
            }
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aReportThatComesTooEarlyWaitsForTheOnesBefore() throws Exception {
        try (CallbackReceiver receiver = TestStacks.receiver()) {
            String connection = create(receiver.uri("/events").toString());
            await().until(() -> state(connection).equals("established"));
            String serverCallId = api.get("/calling/callConnections/" + connection, 200)
                    .path("serverCallId")
                    .asText();
            String early =
                    ("{\"serverCallId\":\"%s\",\"gateway\":{\"gatewayId\":\"%s\",\"epoch\":\"%s\"},\"number\":99,"
                                    + "\"at\":\"2026-11-22T12:00:00Z\",\"event\":{\"type\":\"PlayStarted\",\"operationId\":\"x\"}}")
                            .formatted(serverCallId, "local", epoch());
            stack.emulators()
                    .sqs()
                    .sendMessage(request -> request.queueUrl(stack.deployment().setting("RINGBACK_MEDIA_EVENTS_QUEUE"))
                            .messageGroupId(serverCallId)
                            .messageDeduplicationId(UUID.randomUUID().toString())
                            .messageBody(early));

            api.post("/calling/callConnections/" + connection + "/:terminate", Map.of(), 202);
            receiver.await(
                    "CallConnectionStateChanged",
                    event -> event.path("callConnectionState").asText().equals("terminated"),
                    "terminated",
                    Duration.ofSeconds(30));
        }
    }

    private String create(String callbackUri) throws IOException, InterruptedException {
        return api.post(
                        "/calling/callConnections",
                        Map.of(
                                "targets", List.of(Map.of("phoneNumber", Map.of("value", LISTENER))),
                                "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                                "callbackUri", callbackUri),
                        201)
                .path("callConnectionId")
                .asText();
    }

    private String state(String connection) throws IOException, InterruptedException {
        return api.get("/calling/callConnections/" + connection, 200)
                .path("callConnectionState")
                .asText();
    }

    private void announceGhost(Instant heartbeat) {
        assertThat(gateways().heartbeat(new Gateways.Gateway(GHOST, NOWHERE, 0, 100_000, false, false, heartbeat)))
                .isTrue();
    }

    private String epoch() {
        return gateways().find("local").orElseThrow().ref().epoch();
    }

    private Gateways gateways() {
        return new DynamoGateways(
                stack.emulators().dynamoDb(), stack.deployment().setting("RINGBACK_TABLE"));
    }

    private void purge(String queueSetting) {
        stack.emulators()
                .sqs()
                .purgeQueue(request -> request.queueUrl(stack.deployment().setting(queueSetting)));
    }

    private void tick(String function, String samples) throws IOException, InterruptedException {
        Path event =
                DeploymentTemplate.home().resolve("events").resolve(samples).resolve("ok.json");
        assertThat(api.invoke(function, new String(Files.readAllBytes(event), UTF_8))
                        .failed())
                .isFalse();
    }
}
