package io.ringback.functions.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.wire.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What API Gateway would get from a function, taken apart. */
record Reply(int status, Map<String, String> headers, String text, boolean base64) {
    static Reply parse(byte[] answer) {
        JsonNode node = tree(answer);
        Map<String, String> headers = Json.mapper()
                .convertValue(
                        node.path("headers"),
                        Json.mapper().getTypeFactory().constructMapType(Map.class, String.class, String.class));
        return new Reply(
                node.path("statusCode").intValue(),
                headers,
                node.path("body").asText(),
                node.path("isBase64Encoded").booleanValue());
    }

    JsonNode json() {
        return tree(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The value at this place in the body, which has to be there. */
    String at(String pointer) {
        JsonNode value = json().at(pointer);
        if (value.isMissingNode()) {
            throw new AssertionError("there is no " + pointer + " in " + text);
        }
        return value.asText();
    }

    /** The header, which has to be there. */
    String header(String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new AssertionError("there is no header " + name + " in " + headers);
        }
        return value;
    }

    String code() {
        return at("/error/code");
    }

    String message() {
        return at("/error/message");
    }

    Optional<String> target() {
        return Optional.of(json().at("/error/target"))
                .filter(target -> !target.isMissingNode())
                .map(JsonNode::asText);
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(text);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
