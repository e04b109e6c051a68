package io.ringback.local.demo;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.stack.ReadyFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Speaks to the API over TLS with an access key as a bearer token. Each POST names itself (native API §7), so that
 * whoever sends it again, because no answer came, gets the first answer and has nothing done twice.
 */
public final class ApiClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http;
    private final String base;
    private final String plain;
    private final String accessKey;

    public ApiClient(ReadyFile stack) throws IOException, GeneralSecurityException {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .sslContext(trusting(Path.of(stack.caFile())))
                .build();
        this.base = stack.https();
        this.plain = stack.http();
        this.accessKey = stack.accessKey();
    }

    public JsonNode post(String path, Map<String, ?> body, int expectedStatus)
            throws IOException, InterruptedException {
        String json = MAPPER.writeValueAsString(body);
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .header("Repeatability-Request-ID", UUID.randomUUID().toString())
                .header("Repeatability-First-Sent", RFC_1123_DATE_TIME.format(ZonedDateTime.now(UTC)))
                .POST(BodyPublishers.ofString(json))
                .build();
        return MAPPER.readTree(answered(request, http.send(request, BodyHandlers.ofByteArray()), expectedStatus));
    }

    public JsonNode get(String path, int expectedStatus) throws IOException, InterruptedException {
        return MAPPER.readTree(send(request(path).GET(), expectedStatus));
    }

    /** The bytes of a resource. */
    public byte[] download(String path, int expectedStatus) throws IOException, InterruptedException {
        return send(request(path).GET(), expectedStatus);
    }

    public JsonNode delete(String path, int expectedStatus) throws IOException, InterruptedException {
        return MAPPER.readTree(send(request(path).DELETE(), expectedStatus));
    }

    /** The same API without TLS: for who does not know the stack's certificate authority. */
    String plainAddress() {
        return plain;
    }

    public String accessKey() {
        return accessKey;
    }

    /** What an invocation gave. */
    public record Invocation(String payload, boolean failed) {}

    /** Invokes a function past the API. */
    public Invocation invoke(String function, String event) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                request("/2015-03-31/functions/" + function + "/invocations")
                        .POST(BodyPublishers.ofString(event))
                        .build(),
                BodyHandlers.ofString());
        boolean failed = response.statusCode() != 200
                || response.headers().firstValue("X-Amz-Function-Error").isPresent();
        return new Invocation(response.body(), failed);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + accessKey);
    }

    private byte[] send(HttpRequest.Builder builder, int expectedStatus) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        return answered(request, http.send(request, BodyHandlers.ofByteArray()), expectedStatus);
    }

    private static byte[] answered(HttpRequest request, HttpResponse<byte[]> response, int expectedStatus) {
        Expected.that(
                response.statusCode() == expectedStatus,
                () -> request.method() + " " + request.uri().getPath() + " answers " + expectedStatus,
                () -> response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        return response.body();
    }

    private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
