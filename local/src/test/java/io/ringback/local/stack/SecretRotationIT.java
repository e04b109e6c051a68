package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys and webhook secrets rotate under a running stack by an edit of its file, and nobody is kept out meanwhile. */
@Timeout(120)
class SecretRotationIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NEW_KEY = "bmV3".repeat(16);
    private static final String NEW_SECRET = "whsec_" + "c2Vj".repeat(16);
    private static final String CALLS = "/calling/callConnections";

    @TempDir
    static Path data;

    private static LocalStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(TestStacks.options(data));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void theOldKeyWorksUntilItIsRemovedAndTheNewOneAtOnce() throws Exception {
        String oldKey = stack.ready().accessKey();
        assertThat(status(oldKey)).isEqualTo(404);
        assertThat(status(NEW_KEY)).isEqualTo(401);

        edit("RINGBACK_ACCESS_KEYS_SECRET", "accessKeys", oldKey, NEW_KEY);
        assertThat(status(oldKey)).isEqualTo(404);
        assertThat(status(NEW_KEY)).isEqualTo(404);

        edit("RINGBACK_ACCESS_KEYS_SECRET", "accessKeys", NEW_KEY);
        assertThat(status(oldKey)).isEqualTo(401);
        assertThat(status(NEW_KEY)).isEqualTo(404);

        edit("RINGBACK_ACCESS_KEYS_SECRET", "accessKeys", oldKey);
    }

    /** A receiver that knows one secret at a time and refuses for good whatever does not fit it. */
    @Test
    void theWebhookSecretChangesInTheMiddleOfAStreamAndNoEventIsLost() throws Exception {
        String oldSecret = stack.ready().webhookSecret();
        String setting = "RINGBACK_WEBHOOK_SECRETS_SECRET";
        try (StrictReceiver receiver = new StrictReceiver(oldSecret)) {
            String call = CALLS + "/" + create(receiver.uri());
            receiver.awaitState("established");
            assertThat(receiver.signatures()).containsOnly(1);

            edit(setting, "webhookSecrets", oldSecret, NEW_SECRET);
            play(call, "both-known-old");
            receiver.awaitText("both-known-old");
            receiver.know(NEW_SECRET);
            play(call, "both-known-new");
            receiver.awaitText("both-known-new");
            assertThat(receiver.signatures()).contains(2);

            edit(setting, "webhookSecrets", NEW_SECRET);
            post(call + "/:terminate", "");
            receiver.awaitState("terminated");

            assertThat(receiver.refused()).isZero();
            List<CloudEvent> events = receiver.events();
            assertThat(events.stream().map(event -> String.valueOf(event.getExtension("sequence"))))
                    .isEqualTo(IntStream.rangeClosed(1, events.size())
                            .mapToObj("%012d"::formatted)
                            .toList());
        } finally {
            edit(setting, "webhookSecrets", oldSecret);
        }
    }

    private static void edit(String setting, String member, String... live) throws IOException {
        Path file = data.resolve("secrets.json");
        ObjectNode secrets = (ObjectNode) MAPPER.readTree(file.toFile());
        secrets.put(
                stack.deployment().setting(setting),
                Stream.of(live)
                        .map(text -> '"' + text + '"')
                        .collect(Collectors.joining(",", "{\"" + member + "\":[", "]}")));
        Files.writeString(file, secrets.toPrettyString());
    }

    private static int status(String key) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(stack.ready().http() + CALLS + "/nobody"))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static String create(URI callback) throws IOException, InterruptedException {
        String body = """
                {"targets": [{"phoneNumber": {"value": "+15555550100"}}],
                 "source": {"phoneNumber": {"value": "+15555550199"}}, "callbackUri": "%s"}""".formatted(callback);
        return MAPPER.readTree(post(CALLS, body)).path("callConnectionId").asText();
    }

    private static void play(String call, String context) throws IOException, InterruptedException {
        post(call + "/:playAudio", "{\"text\": \"Hello.\", \"operationContext\": \"" + context + "\"}");
    }

    private static String post(String path, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(stack.ready().http() + path))
                                .header(
                                        "Authorization",
                                        "Bearer " + stack.ready().accessKey())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** Verifies by the library of Standard Webhooks and reads by that of CloudEvents. */
    private static final class StrictReceiver implements AutoCloseable {
        private final HttpServer server;
        private final List<CloudEvent> events = new ArrayList<>();
        private final List<Integer> signatures = new ArrayList<>();
        private String secret;
        private int refused;

        StrictReceiver(String secret) throws IOException {
            this.secret = secret;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::take);
            server.start();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events");
        }

        synchronized void know(String other) {
            secret = other;
        }

        synchronized int refused() {
            return refused;
        }

        synchronized List<CloudEvent> events() {
            return List.copyOf(events);
        }

        /** How many signatures each event came with. */
        synchronized List<Integer> signatures() {
            return List.copyOf(signatures);
        }

        void awaitState(String state) {
            awaitText("\"callConnectionState\":\"" + state + "\"");
        }

        void awaitText(String text) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> events().stream()
                            .anyMatch(event -> event.getData() != null
                                    && new String(event.getData().toBytes(), StandardCharsets.UTF_8).contains(text)));
        }

        private synchronized void take(HttpExchange exchange) throws IOException {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                try {
                    new Webhook(secret).verify(body, lowerCase(exchange));
                } catch (WebhookVerificationException e) {
                    refused++;
                    exchange.sendResponseHeaders(401, -1);
                    return;
                }
                signatures.add(exchange.getRequestHeaders()
                        .getFirst("webhook-signature")
                        .split(" ")
                        .length);
                events.add(new JsonFormat()
                        .deserialize(body.substring(1, body.length() - 1).getBytes(StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(204, -1);
            }
        }

        /** The JDK's server writes header names in its own way; HTTP does not tell them apart. */
        private static Map<String, List<String>> lowerCase(HttpExchange exchange) {
            return exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
