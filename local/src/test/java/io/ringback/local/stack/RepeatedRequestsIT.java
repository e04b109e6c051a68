package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.demo.ApiClient;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.phones.LineProfile;
import io.ringback.local.phones.PhoneEvent;
import io.ringback.local.phones.PhoneNetwork;
import io.ringback.local.stack.StackOptions.Trunk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer who is not sure and asks again: the phone's own trace says how often it rang. */
class RepeatedRequestsIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path data;

    private static PhoneNetwork trunk;
    private static LocalStack stack;
    private static ApiClient api;

    /** Of one request, however often it is sent. */
    private final String id = UUID.randomUUID().toString();

    private final String firstSent =
            DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(Instant.now());

    @BeforeAll
    static void start() throws Exception {
        trunk = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.CLEAN));
        stack = LocalStack.start(
                TestStacks.options(data).withTrunk(new Trunk(URI.create("sip:127.0.0.1:" + trunk.port()), null, null)));
        api = new ApiClient(stack.ready());
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
        trunk.close();
    }

    @Test
    void aCallThatIsAskedForThreeTimesRingsOnce() throws Exception {
        try (CallbackReceiver receiver = TestStacks.receiver()) {
            Map<String, ?> call = Map.of(
                    "targets", List.of(Map.of("phoneNumber", Map.of("value", "+4930123400"))),
                    "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                    "callbackUri", receiver.uri("/events").toString());
            CompletableFuture<HttpResponse<String>> first = send("/calling/callConnections", call);
            CompletableFuture<HttpResponse<String>> atOnce = send("/calling/callConnections", call);
            String created = accepted(first.join());
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> trunk.calls().stream()
                            .anyMatch(rung ->
                                    rung.first(PhoneEvent.Kind.CONFIRMED).isPresent()));
            String later = accepted(send("/calling/callConnections", call).join());

            String connection =
                    MAPPER.readTree(created).path("callConnectionId").asText();
            api.post("/calling/callConnections/" + connection + "/:terminate", Map.of(), 202);
            receiver.await(
                    "CallConnectionStateChanged",
                    event -> event.path("callConnectionState").asText().equals("terminated"),
                    "terminated",
                    Duration.ofSeconds(10));
            String afterTheEnd = accepted(send("/calling/callConnections", call).join());

            assertThat(List.of(accepted(atOnce.join()), later, afterTheEnd)).containsOnly(created);
            assertThat(trunk.invitesByLeg()).hasSize(1).allSatisfy((leg, invites) -> {
                assertThat(leg).isNotEmpty();
                assertThat(invites).isEqualTo(1);
            });
        }
    }

    @Test
    void aUserWhoIsAskedForTwiceIsThereOnceAndHasOnePassword() throws Exception {
        String created =
                accepted(send("/identities", Map.of("displayName", "Ada")).join());
        String again =
                accepted(send("/identities", Map.of("displayName", "Ada")).join());

        assertThat(again).isEqualTo(created).contains("\"password\"");
        assertThat(api.get("/identities", 200).findValuesAsText("displayName")).containsExactly("Ada");
    }

    @Test
    void anEndpointIsSubscribedOnce() throws Exception {
        Map<String, ?> wanted = Map.of("endpoint", "http://127.0.0.1:9/calls", "to", List.of("+12025550190"));
        String created = accepted(send("/eventSubscriptions", wanted).join());
        String again = accepted(send("/eventSubscriptions", wanted).join());

        assertThat(again).isEqualTo(created);
        assertThat(api.get("/eventSubscriptions", 200)).hasSize(1);
    }

    private CompletableFuture<HttpResponse<String>> send(String path, Map<String, ?> body) throws IOException {
        return HTTP.sendAsync(
                HttpRequest.newBuilder(URI.create(stack.ready().http() + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + stack.ready().accessKey())
                        .header("Content-Type", "application/json")
                        .header("Repeatability-Request-ID", id)
                        .header("Repeatability-First-Sent", firstSent)
                        .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The body of a success. */
    private static String accepted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(response.headers().firstValue("Repeatability-Result")).contains("accepted");
        return response.body();
    }
}
