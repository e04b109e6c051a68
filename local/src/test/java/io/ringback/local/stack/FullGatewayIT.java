package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.demo.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with room for three: the fourth is told to come again, and nobody is rung for it (telephony: admission). */
class FullGatewayIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int ROOM = 3;

    @TempDir
    private Path data;

    @Test
    void whatHasNoRoomIsRefusedAndDialledNowhereUntilSomebodyLeaves() throws Exception {
        try (LocalStack stack = LocalStack.start(TestStacks.options(data).withRtpPorts(TestStacks.rtpPorts(ROOM)))) {
            List<String> connections = new ArrayList<>();
            for (int i = 0; i < ROOM; i++) {
                HttpResponse<String> placed = create(stack);
                assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
                connections.add(
                        MAPPER.readTree(placed.body()).path("callConnectionId").asText());
            }

            HttpResponse<String> refused = create(stack);

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("5");
            ApiClient api = new ApiClient(stack.ready());
            assertThat(logged(api)).isEqualTo(ROOM);
            await().atMost(Duration.ofSeconds(10)).until(() -> rung(stack) == ROOM);

            api.post("/calling/callConnections/" + connections.get(0) + "/:terminate", Map.of(), 202);
            // Its place is free with the heartbeat that follows its end.
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> create(stack).statusCode() == 201);
            await().atMost(Duration.ofSeconds(10)).until(() -> rung(stack) == ROOM + 1);
            assertThat(logged(api)).isEqualTo(ROOM + 1);
        }
    }

    private static int rung(LocalStack stack) {
        Map<String, Integer> invites = stack.phones().invitesByLeg();
        assertThat(invites.values()).allMatch(count -> count == 1);
        return invites.size();
    }

    private static int logged(ApiClient api) throws IOException, InterruptedException {
        JsonNode calls = api.get("/calls", 200).path("calls");
        assertThat(calls.isArray()).isTrue();
        return calls.size();
    }

    private static HttpResponse<String> create(LocalStack stack) throws IOException, InterruptedException {
        Map<String, ?> call = Map.of(
                "targets", List.of(Map.of("phoneNumber", Map.of("value", "+15555550100"))),
                "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                "callbackUri", "http://127.0.0.1:9/nobody-listens");
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(stack.ready().http() + "/calling/callConnections"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + stack.ready().accessKey())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(call)))
                        .build(),
                BodyHandlers.ofString());
    }
}
