package io.ringback.functions.api.routes;

import io.ringback.wire.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI document, which is written in {@code docs/openapi.yaml} and put beside the classes by the build. */
public final class OpenApiDocument {
    private static final String RESOURCE = "/openapi.yaml";

    private OpenApiDocument() {}

    /** The document as JSON. {@code server} is the address by which it was asked for, and the server it names. */
    public static String load(URI server) {
        try (InputStream document = OpenApiDocument.class.getResourceAsStream(RESOURCE)) {
            if (document == null) {
                throw new IllegalStateException("the build has left out " + RESOURCE);
            }
            Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(document);
            Map<String, Object> served = new LinkedHashMap<>(root);
            served.put("servers", List.of(Map.of("url", server.toString())));
            return Json.write(served);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
