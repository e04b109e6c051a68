package io.ringback.functions.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.wire.json.Json;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A sample invocation, to be changed in one place. */
record SampleEvent(ObjectNode tree) {
    static SampleEvent parse(String event) {
        return new SampleEvent((ObjectNode) SampleEvent.json(event));
    }

    /** E.g. {@code POST /calling/callConnections}. */
    String routeKey() {
        return tree.path("routeKey").asText();
    }

    /** The names of the parameters in its path. */
    List<String> pathParameters() {
        List<String> names = new ArrayList<>();
        tree.path("pathParameters").fieldNames().forEachRemaining(names::add);
        return names;
    }

    String pathParameter(String name) {
        return tree.path("pathParameters").path(name).asText();
    }

    /** The body as it is sent; empty when there is none. */
    String body() {
        return tree.path("body").asText();
    }

    /** The body, which is an object. */
    ObjectNode bodyTree() {
        return (ObjectNode) json(body());
    }

    SampleEvent withPathParameter(String name, UnaryOperator<String> other) {
        ObjectNode changed = tree.deepCopy();
        changed.withObject("/pathParameters").put(name, other.apply(pathParameter(name)));
        return new SampleEvent(changed);
    }

    SampleEvent withBody(String body) {
        return new SampleEvent(tree.deepCopy().put("body", body));
    }

    /** @param name in any case; API Gateway hands it over in lower case */
    SampleEvent withHeader(String name, String value) {
        ObjectNode changed = tree.deepCopy();
        changed.withObject("/headers").put(name.toLowerCase(Locale.ROOT), value);
        return new SampleEvent(changed);
    }

    String text() {
        return tree.toString();
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
