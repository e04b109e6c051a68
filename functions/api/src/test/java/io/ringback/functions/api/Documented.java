package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.testkit.openapi.ApiDocument;
import io.ringback.wire.ApiVersion;
import io.ringback.wire.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Holds every answer that a test gets from a function against the OpenAPI document, and keeps a record of it. */
final class Documented {
    /** A line for each answer: route, status, and code if it was an error. */
    static final Path ANSWERS = Path.of("target", "answers.txt");

    static final ApiDocument DOCUMENT = document();

    private Documented() {}

    static void check(String event, Reply reply) {
        JsonNode node = tree(event);
        String route = node.path("routeKey").asText();
        List<String> wrong;
        if (route.equals("$default") || isOfAnotherVersion(node)) {
            wrong = DOCUMENT.ofRefusal(reply.text());
        } else {
            String[] methodAndPath = route.split(" ", 2);
            wrong = DOCUMENT.ofAnswer(
                    methodAndPath[0],
                    methodAndPath[1],
                    reply.status(),
                    reply.headers().get("content-type"),
                    reply.text());
        }
        assertThat(wrong).as("as docs/openapi.yaml describes it").isEmpty();
        note(route + " " + reply.status() + (reply.status() >= 400 ? " " + reply.code() : ""));
    }

    private static synchronized void note(String line) {
        try {
            Files.writeString(ANSWERS, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document is that of one api-version; what asks for another is only refused. */
    private static boolean isOfAnotherVersion(JsonNode event) {
        String version = event.path("queryStringParameters").path("api-version").asText("");
        return !version.isEmpty() && !version.equals(ApiVersion.DEFAULT.wireName());
    }

    private static JsonNode tree(String event) {
        try {
            return Json.mapper().readTree(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiDocument document() {
        try {
            return ApiDocument.yaml(Path.of("..", "..", "docs", "openapi.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
