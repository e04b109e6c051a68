package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.testkit.openapi.ApiDocument;
import io.ringback.testkit.openapi.ApiDocument.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client that knows nothing but the OpenAPI document that the service gives out: paths, methods, bodies and answers are
 * taken from there, and what does not agree with it fails.
 */
final class DocumentedClient {
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String accessKey;
    private final ApiDocument document;
    private final Set<String> served = new TreeSet<>();

    /** Asks the service at this address for its document. */
    DocumentedClient(String base, String accessKey) throws IOException, InterruptedException {
        this.base = base;
        this.accessKey = accessKey;
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(base + "/openapi.json")).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        this.document = ApiDocument.json(answer.body());
    }

    ApiDocument document() {
        return document;
    }

    /** The operations that were served, not refused, so far. */
    Set<String> served() {
        return Set.copyOf(served);
    }

    /** An operation without a body. */
    JsonNode call(String operationId, Map<String, String> path) throws IOException, InterruptedException {
        return send(operationId, path, "");
    }

    /** An operation with a body. */
    JsonNode call(String operationId, Map<String, String> path, Map<String, ?> body)
            throws IOException, InterruptedException {
        return send(operationId, path, MAPPER.writeValueAsString(body));
    }

    /** An operation without a body, of which the request names itself and comes twice: both answers are the same. */
    JsonNode twice(String operationId, Map<String, String> path) throws IOException, InterruptedException {
        HttpRequest request = request(document.operation(operationId), path, "")
                .header("Repeatability-Request-ID", UUID.randomUUID().toString())
                .header("Repeatability-First-Sent", IMF_FIXDATE.format(Instant.now()))
                .build();
        HttpResponse<String> first = http.send(request, BodyHandlers.ofString());
        HttpResponse<String> second = http.send(request, BodyHandlers.ofString());
        assertThat(first.statusCode()).as(operationId + " " + first.body()).isLessThan(400);
        assertThat(first.headers().firstValue("repeatability-result")).contains("accepted");
        assertThat(second.statusCode()).isEqualTo(first.statusCode());
        assertThat(second.body()).isEqualTo(first.body());
        return json(contentType(first), first.body());
    }

    /** The bytes that an operation answers. */
    byte[] download(String operationId, Map<String, String> path) throws IOException, InterruptedException {
        Operation operation = document.operation(operationId);
        HttpResponse<byte[]> answer = http.send(request(operation, path, "").build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(operationId).isEqualTo(200);
        served.add(operationId);
        return answer.body();
    }

    /** An operation that is refused with this status; its error. */
    JsonNode refused(String operationId, int status, Map<String, String> path, Map<String, ?> body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = exchange(operationId, path, MAPPER.writeValueAsString(body));
        assertThat(answer.statusCode()).as(operationId + " " + answer.body()).isEqualTo(status);
        return MAPPER.readTree(answer.body()).path("error");
    }

    private JsonNode send(String operationId, Map<String, String> path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = exchange(operationId, path, body);
        assertThat(answer.statusCode()).as(operationId + " " + answer.body()).isLessThan(400);
        served.add(operationId);
        return json(contentType(answer), answer.body());
    }

    /** Asks; what is asked and what is answered are as documented. */
    private HttpResponse<String> exchange(String operationId, Map<String, String> path, String body)
            throws IOException, InterruptedException {
        Operation operation = document.operation(operationId);
        assertThat(document.ofRequest(operationId, body)).isEmpty();
        HttpResponse<String> answer = http.send(request(operation, path, body).build(), BodyHandlers.ofString());
        assertThat(document.ofAnswer(
                        operation.method(), operation.path(), answer.statusCode(), contentType(answer), answer.body()))
                .isEmpty();
        return answer;
    }

    private static @Nullable String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("content-type").orElse(null);
    }

    private HttpRequest.Builder request(Operation operation, Map<String, String> path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + filled(operation.path(), path)))
                .timeout(Duration.ofSeconds(20))
                .method(operation.method(), BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("content-type", "application/json");
        }
        if (!operation.isOpen()) {
            request.header("authorization", "Bearer " + accessKey);
        }
        return request;
    }

    private static JsonNode json(@Nullable String type, String body) throws JsonProcessingException {
        return type != null && type.startsWith("application/json") ? MAPPER.readTree(body) : MAPPER.createObjectNode();
    }

    private static String filled(String path, Map<String, String> values) {
        String filled = path;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace(
                    "{" + value.getKey() + "}", URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8));
        }
        assertThat(filled).as("every parameter of the path is given").doesNotContain("{");
        return filled;
    }
}
