package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.demo.ApiClient;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.phones.LineProfile;
import io.ringback.local.phones.PhoneEvent;
import io.ringback.local.phones.PhoneNetwork;
import io.ringback.local.stack.StackOptions.Trunk;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.SignedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API as it is met on its port: who is let in, what the gateway answers itself, where calls go. */
class ApiIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CALLS = "/calling/callConnections";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path data;

    private static PhoneNetwork trunk;
    private static LocalStack stack;

    @BeforeAll
    static void start() throws Exception {
        trunk = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.CLEAN));
        stack = LocalStack.start(
                TestStacks.options(data).withTrunk(new Trunk(URI.create("sip:127.0.0.1:" + trunk.port()), null, null)));
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
        trunk.close();
    }

    @Test
    void aNumberThatIsNotSimulatedGoesToTheTrunk() throws Exception {
        new ApiClient(stack.ready())
                .post(
                        CALLS,
                        Map.of(
                                "targets", List.of(Map.of("phoneNumber", Map.of("value", "+4930123400"))),
                                "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                                "callbackUri", "http://127.0.0.1:9/"),
                        201);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> trunk.calls().stream()
                        .anyMatch(call -> call.number().endsWith("4930123400")
                                && call.first(PhoneEvent.Kind.CONFIRMED).isPresent()));
    }

    @Test
    void cancellingEndsWhatPlaysAndSaysSo() throws Exception {
        try (CallbackReceiver receiver = TestStacks.receiver()) {
            ApiClient api = new ApiClient(stack.ready());
            String call = CALLS + "/"
                    + api.post(
                                    CALLS,
                                    Map.of(
                                            "targets", List.of(Map.of("phoneNumber", Map.of("value", "+15555550100"))),
                                            "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                                            "callbackUri",
                                                    receiver.uri("/events").toString()),
                                    201)
                            .path("callConnectionId")
                            .asText();
            await().until(() ->
                    api.get(call, 200).path("callConnectionState").asText().equals("established"));
            String play = api.post(call + "/:playAudio", Map.of("text", "Again and again.", "loop", true), 202)
                    .path("operationId")
                    .asText();

            api.post(call + "/:cancelAllMediaOperations", Map.of(), 200);

            JsonNode result = receiver.await("PlayAudioResult", data -> true, "", Duration.ofSeconds(10))
                    .data();
            assertThat(result.path("operationId").asText()).isEqualTo(play);
            assertThat(result.path("status").asText()).isEqualTo("failed");
            assertThat(result.path("resultInfo").path("subcode").asInt()).isEqualTo(8508);
            JsonNode cancelled = receiver.await("CancelMediaProcessing", data -> true, "", Duration.ofSeconds(10))
                    .data();
            assertThat(cancelled.path("canceledOperationIds").path(0).asText()).isEqualTo(play);
            api.post(call + "/:terminate", Map.of(), 202);
        }
    }

    @Test
    void aSignedRequestIsLetInAndAnotherIsNot() throws Exception {
        String path = CALLS + "/unknown";
        // The call does not exist, but who asks may know.
        assertThat(signed(path, stack.ready().accessKey(), Instant.now()).statusCode())
                .isEqualTo(404);
        assertThat(signed(path, "bm90IHRoZSBrZXk=", Instant.now()).statusCode()).isEqualTo(401);
        assertThat(signed(path, stack.ready().accessKey(), Instant.now().minusSeconds(360))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request(path).GET()).statusCode()).isEqualTo(401);
    }

    @Test
    void healthNeedsNoKey() throws Exception {
        HttpResponse<String> health = send(request("/health").GET());

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.headers().firstValue("apigw-requestid")).isPresent();
    }

    @Test
    void unknownPathsAndMethodsAreTold() throws Exception {
        assertThat(send(bearer("/nothing/here").GET()).statusCode()).isEqualTo(404);
        HttpResponse<String> wrong = send(bearer(CALLS).DELETE());
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("allow")).hasValue("POST");
    }

    @Test
    void theGatewayItselfRefusesWhatIsTooLarge() throws Exception {
        HttpResponse<String> answer =
                send(bearer(CALLS).POST(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1])));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(message(answer)).isEqualTo("Request Entity Too Large");
    }

    @Test
    void theGatewayItselfRefusesWhatItCannotDecode() throws Exception {
        HttpResponse<String> answer = send(bearer(CALLS + "/%C3%28").GET());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(message(answer)).isEqualTo("Bad Request");
    }

    private static HttpResponse<String> signed(String path, String key, Instant at)
            throws IOException, InterruptedException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC));
        String hash = SignedRequest.contentHash(new byte[0]);
        String host = URI.create(stack.ready().http()).getAuthority();
        String signature = Base64.getEncoder()
                .encodeToString(
                        new AccessKeys(List.of(key)).sign("GET\n" + path + "\n" + date + ";" + host + ";" + hash));
        return send(request(path)
                .header("x-ms-date", date)
                .header("x-ms-content-sha256", hash)
                .header(
                        "Authorization",
                        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature)
                .GET());
    }

    private static HttpRequest.Builder bearer(String path) {
        return request(path).header("Authorization", "Bearer " + stack.ready().accessKey());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.ready().http() + path)).timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String message(HttpResponse<String> answer) throws IOException {
        JsonNode body = MAPPER.readTree(answer.body());
        return body.path("message").asText();
    }
}
