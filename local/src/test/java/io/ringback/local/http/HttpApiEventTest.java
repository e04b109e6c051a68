package io.ringback.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.template.HttpRoute;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpApiEventTest {
    private static final Map.Entry<String, String> HOST = Map.entry("Host", "127.0.0.1:8080");
    private static final Map.Entry<String, String> JSON = Map.entry("Content-Type", "application/json; charset=utf-8");

    @Test
    void decodesThePathAndLeavesTheQueryEncoded() throws IOException {
        JsonNode event = event("/calls/4%3A%2B1555", "to=%2B1555&a=1&a=2&flag", List.of(HOST), "");

        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.path("routeKey").asText()).isEqualTo("POST /calls/{id}");
        assertThat(event.path("rawPath").asText()).isEqualTo("/calls/4:+1555");
        assertThat(event.path("rawQueryString").asText()).isEqualTo("to=%2B1555&a=1&a=2&flag");
        assertThat(event.path("pathParameters").path("id").asText()).isEqualTo("4:+1555");
        assertThat(event.path("queryStringParameters").toString())
                .isEqualTo("{\"to\":\"+1555\",\"a\":\"1,2\",\"flag\":\"\"}");
    }

    @Test
    void namesHeadersInLowerCaseAndJoinsRepeatedOnes() throws IOException {
        JsonNode event = event(
                "/calls/7",
                null,
                List.of(HOST, Map.entry("X-One", "a"), Map.entry("x-one", "b"), Map.entry("Cookie", "c=1; d=2")),
                "");

        assertThat(event.path("headers").toString())
                .isEqualTo("{\"host\":\"127.0.0.1:8080\",\"x-one\":\"a,b\",\"x-forwarded-for\":\"127.0.0.1\","
                        + "\"x-forwarded-port\":\"8080\",\"x-forwarded-proto\":\"http\"}");
        assertThat(event.path("cookies").toString()).isEqualTo("[\"c=1\",\"d=2\"]");
        assertThat(event.path("requestContext").path("domainName").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void saysItselfHowTheRequestCame() throws IOException {
        JsonNode headers = event(
                        "/calls/7",
                        null,
                        List.of(HOST, Map.entry("X-Forwarded-Proto", "https"), Map.entry("X-Forwarded-For", "8.8.8.8")),
                        "")
                .path("headers");

        assertThat(headers.path("x-forwarded-proto").asText()).isEqualTo("http");
        assertThat(headers.path("x-forwarded-for").asText()).isEqualTo("8.8.8.8, 127.0.0.1");
    }

    @Test
    void tellsOfTheRequestInItsContext() throws IOException {
        JsonNode context = event("/calls/7", null, List.of(HOST, Map.entry("User-Agent", "curl")), "")
                .path("requestContext");

        assertThat(context.path("http").toString())
                .isEqualTo("{\"method\":\"POST\",\"path\":\"/calls/7\",\"protocol\":\"HTTP/1.1\","
                        + "\"sourceIp\":\"127.0.0.1\",\"userAgent\":\"curl\"}");
        assertThat(context.path("requestId").asText()).isEqualTo("request-1");
        assertThat(context.path("time").asText()).isEqualTo("22/Nov/2026:11:29:15 +0000");
        assertThat(context.path("timeEpoch").asLong()).isEqualTo(1795346955000L);
        assertThat(context.path("stage").asText()).isEqualTo("$default");
    }

    @Test
    void handsOverJsonAsTextAndEverythingElseInBase64() throws IOException {
        JsonNode text = event("/calls/7", null, List.of(HOST, JSON), "{\"a\":\"é\"}");
        assertThat(text.path("body").asText()).isEqualTo("{\"a\":\"é\"}");
        assertThat(text.path("isBase64Encoded").asBoolean()).isFalse();

        JsonNode untyped = event("/calls/7", null, List.of(HOST), "abc");
        assertThat(untyped.path("body").asText()).isEqualTo("YWJj");
        assertThat(untyped.path("isBase64Encoded").asBoolean()).isTrue();
    }

    @Test
    void leavesOutWhatIsEmpty() throws IOException {
        JsonNode event = event("/calls/7", null, List.of(HOST), "");

        assertThat(event.has("body")).isFalse();
        assertThat(event.has("cookies")).isFalse();
        assertThat(event.has("queryStringParameters")).isFalse();
        assertThat(event.path("rawQueryString").asText("absent")).isEmpty();
        assertThat(event.path("isBase64Encoded").asBoolean(true)).isFalse();
    }

    private static JsonNode event(
            String rawPath, @Nullable String rawQuery, List<Map.Entry<String, String>> headers, String body)
            throws IOException {
        RouteTable.Match match = new RouteTable(List.of(new HttpRoute("POST", "/calls/{id}")))
                .find("POST", rawPath)
                .orElseThrow();
        ApiRequest request = new ApiRequest(
                "POST",
                rawPath,
                rawQuery,
                "HTTP/1.1",
                "http",
                8080,
                "127.0.0.1",
                headers,
                new Body(body.getBytes(UTF_8)));
        return new ObjectMapper()
                .readTree(HttpApiEvent.encode(
                        request,
                        PercentEncoding.decode(rawPath).orElseThrow(),
                        match,
                        "request-1",
                        Instant.parse("2026-11-22T11:29:15Z")));
    }
}
