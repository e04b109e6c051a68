package io.ringback.local.stack;

import io.ringback.local.http.ApiResponse;
import io.ringback.local.template.HttpRoute;
import io.ringback.testkit.openapi.ApiDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A record of what went over the wire in the tests of this module: a line for each answer and each event, with what is
 * wrong about it by the OpenAPI document. {@link UndocumentedIT} reads it after all others.
 */
final class WireRecord {
    static final Path FILE = Path.of("target", "wire.txt");

    /** Begins the line of something that is not as documented. */
    static final String WRONG = "WRONG ";

    private static final ApiDocument DOCUMENT = document();

    private WireRecord() {}

    /** An answer of a function. */
    static void note(HttpRoute route, ApiResponse answer) {
        String body = new String(answer.body().bytes(), StandardCharsets.UTF_8);
        String type = answer.headers().stream()
                .filter(header -> header.getKey().equals("content-type"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        List<String> wrong = route.isDefault()
                ? DOCUMENT.ofRefusal(body)
                : DOCUMENT.ofAnswer(route.method(), route.path(), answer.status(), type, body);
        note(route.routeKey() + " " + answer.status(), wrong);
    }

    /** An event at a receiver. */
    static void note(String contentType, String body) {
        note("event", DOCUMENT.ofEvent(contentType, body));
    }

    private static synchronized void note(String what, List<String> wrong) {
        String line = wrong.isEmpty()
                ? what
                : WRONG + what + " " + String.join("; ", wrong).replace('\n', ' ');
        try {
            Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiDocument document() {
        try {
            return ApiDocument.yaml(Path.of("..", "docs", "openapi.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
