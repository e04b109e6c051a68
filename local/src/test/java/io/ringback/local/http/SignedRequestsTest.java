package io.ringback.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.KeyAuthentication;
import io.ringback.functions.api.edge.RequestLog;
import io.ringback.local.template.DeploymentTemplate;
import io.ringback.local.template.Template;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.LiveKeys;
import io.ringback.wire.access.SignedRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests as the official SDKs sign them, through the event that our gateway makes of them (path decoded, names in
 * lower case, bodies in base64), to the access check of the API.
 */
class SignedRequestsTest {
    private static final String KEY = "bWFkZS11cC1hY2Nlc3Mta2V5LWZvci1yZXNlYXJjaC1vbmx5LTAxMjM0NTY3ODk=";
    private static final String NOW = "Sun, 22 Nov 2026 11:32:47 GMT";
    private static final String CALLS = "/calling/callConnections";
    private static final String BODY = "{\"targets\":[]}";

    private static RouteTable routes;

    @BeforeAll
    static void readRoutes() throws IOException {
        routes = new RouteTable(
                Template.read(DeploymentTemplate.file(), Map.of(), DeploymentTemplate.NAMES).functions().stream()
                        .flatMap(function -> function.routes().stream())
                        .toList());
    }

    /** The vectors of the contract, measured from the SDKs. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | c0ffee00-1111-4222-8333-444455556666:terminate | 2026-03-12 | Sun, 22 Nov 2026 11:29:15 GMT | 127.0.0.1:18443 | NF4z+/VMtwuZiwcTozn04+rb7EOmwaGwrKTRcKfIvyo=
            POST | c0ffee00-1111-4222-8333-444455556666:terminate | 2023-03-06 | Sun, 22 Nov 2026 11:32:47 GMT | localhost | yW2E/c4qLAX1L9qL3k3GPDh7R03VgC5cpFGLeoESHac=
            GET | c0ffee00-1111-4222-8333-444455556666/participants/4%3A%2B15550100002 | 2026-03-12 | Sun, 22 Nov 2026 11:29:15 GMT | 127.0.0.1:18443 | VmrFDXr+as2EW1q/HJnc4KnzTcXKUVw9cgVKlOPLA9g=
            GET | c0ffee00-1111-4222-8333-444455556666/participants/4:+15550100002 | 2023-03-06 | Sun, 22 Nov 2026 11:32:47 GMT | localhost | Kh5x7G4DePm9GYQi1D3qMJ5GyHlOedGMSED5QvaB5v8=
            """)
    void theSdksAreLetIn(String method, String path, String version, String date, String host, String signature)
            throws IOException {
        int status = status(
                method,
                CALLS + "/" + path,
                "api-version=" + version,
                headers(host, date, SignedRequest.contentHash(new byte[0]), signature),
                "");

        // Let in, and then told that this dialect is not served yet.
        assertThat(status).isEqualTo(400);
    }

    @Test
    void aSignedBodyIsLetIn() throws IOException {
        assertThat(send(NOW, KEY, BODY, BODY)).isEqualTo(204);
    }

    @Test
    void aChangedBodyIsNot() throws IOException {
        assertThat(send(NOW, KEY, BODY, BODY + " ")).isEqualTo(401);
    }

    @Test
    void anotherKeyIsNot() throws IOException {
        String other = Base64.getEncoder().encodeToString("another key".getBytes(UTF_8));
        assertThat(send(NOW, other, BODY, BODY)).isEqualTo(401);
    }

    @Test
    void noKeyIsNot() throws IOException {
        assertThat(status("POST", CALLS, null, List.of(Map.entry("Host", "localhost")), BODY))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"-360, 401", "-240, 204", "240, 204", "360, 401"})
    void aDateIsGoodForFiveMinutes(long secondsOff, int expected) throws IOException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                now().plusSeconds(secondsOff).atZone(ZoneOffset.UTC));
        assertThat(send(date, KEY, BODY, BODY)).isEqualTo(expected);
    }

    private static int send(String date, String key, String signedBody, String sentBody) throws IOException {
        String hash = SignedRequest.contentHash(signedBody.getBytes(UTF_8));
        String text = "POST\n" + CALLS + "\n" + date + ";localhost;" + hash;
        String signature = Base64.getEncoder().encodeToString(new AccessKeys(List.of(key)).sign(text));
        return status("POST", CALLS, null, headers("localhost", date, hash, signature), sentBody);
    }

    private static List<Map.Entry<String, String>> headers(String host, String date, String hash, String signature) {
        return List.of(
                Map.entry("Host", host),
                Map.entry("X-Ms-Date", date),
                Map.entry("X-Ms-Content-Sha256", hash),
                Map.entry(
                        "Authorization",
                        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature));
    }

    private static int status(
            String method, String path, @Nullable String query, List<Map.Entry<String, String>> headers, String body)
            throws IOException {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.add(Map.entry("Content-Type", "application/json"));
        ApiRequest request = new ApiRequest(
                method, path, query, "HTTP/1.1", "https", 8443, "203.0.113.7", all, new Body(body.getBytes(UTF_8)));
        byte[] event = HttpApiEvent.encode(
                request,
                PercentEncoding.decode(path).orElseThrow(),
                routes.find(method, path).orElseThrow(),
                "request-1",
                now());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        edge().serve(new ByteArrayInputStream(event), answer, accepted -> ApiAnswer.empty(204));
        return new ObjectMapper()
                .readTree(answer.toByteArray())
                .path("statusCode")
                .asInt();
    }

    private static ApiEdge edge() {
        AccessKeys keys = new AccessKeys(List.of(KEY));
        InstantSource clock = InstantSource.fixed(now());
        return new ApiEdge(
                "Test", new KeyAuthentication(new LiveKeys(() -> keys, () -> keys), clock), new SilentLog(), clock);
    }

    private static Instant now() {
        return ZonedDateTime.parse(NOW, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private static final class SilentLog implements RequestLog {
        @Override
        public void request(String line) {}

        @Override
        public void failure(String line, Throwable cause) {
            throw new AssertionError(line, cause);
        }
    }
}
