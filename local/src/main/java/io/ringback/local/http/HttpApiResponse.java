package io.ringback.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Reads a function's answer, payload format 2.0. */
final class HttpApiResponse {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HttpApiResponse() {}

    /**
     * An answer without a status code is the body of a 200, as an HTTP API infers it.
     *
     * @throws IOException when this is no JSON object with fields of the right kind
     */
    static ApiResponse decode(String payload) throws IOException {
        JsonNode answer = MAPPER.readTree(payload);
        if (!answer.has("statusCode")) {
            return new ApiResponse(200, List.of(Map.entry("content-type", "application/json")), Body.text(payload));
        }
        int status = answer.get("statusCode").asInt();
        if (status < 100 || status > 599) {
            throw new IOException("No HTTP status: " + answer.get("statusCode"));
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        answer.path("headers")
                .properties()
                .forEach(header ->
                        headers.add(Map.entry(header.getKey(), header.getValue().asText())));
        answer.path("cookies").forEach(cookie -> headers.add(Map.entry("set-cookie", cookie.asText())));
        return new ApiResponse(status, headers, body(answer));
    }

    private static Body body(JsonNode answer) throws IOException {
        String body = answer.path("body").asText("");
        if (!answer.path("isBase64Encoded").asBoolean()) {
            return Body.text(body);
        }
        try {
            return new Body(Base64.getDecoder().decode(body));
        } catch (IllegalArgumentException e) {
            throw new IOException("The body is not base64", e);
        }
    }
}
