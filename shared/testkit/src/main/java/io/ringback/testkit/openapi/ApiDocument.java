package io.ringback.testkit.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * An OpenAPI 3.1 document as a judge. What it finds wrong comes back as texts for people; an empty list means that
 * nothing is wrong. Formats (date-time, uri) are checked too. Thread-safe.
 */
public final class ApiDocument {
    private static final String HOME = "https://ringback.invalid/openapi.json";
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> METHODS = List.of("get", "put", "post", "delete");

    private final JsonNode root;
    private final JsonSchemaFactory factory;
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

    private ApiDocument(JsonNode root) {
        this.root = root;
        this.factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(HOME, root.toString()))));
    }

    /** Reads the document as it is written, in YAML. */
    public static ApiDocument yaml(Path file) throws IOException {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        return new ApiDocument(MAPPER.valueToTree(tree));
    }

    /** Reads the document as it is served, in JSON. */
    public static ApiDocument json(String text) throws JsonProcessingException {
        return new ApiDocument(MAPPER.readTree(text));
    }

    /** The operations, in the order of the document. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .forEach(method -> operations.add(new Operation(
                                method.toUpperCase(Locale.ROOT),
                                path.getKey(),
                                path.getValue().path(method)))));
        return operations;
    }

    /** The operation of this id. */
    public Operation operation(String operationId) {
        return operations().stream()
                .filter(operation -> operation.id().equals(operationId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the document has no operation " + operationId));
    }

    /** What is wrong with an answer. {@code path} is the route's template. */
    public List<String> ofAnswer(String method, String path, int status, @Nullable String contentType, String body) {
        Optional<Operation> operation = operations().stream()
                .filter(candidate ->
                        candidate.method().equals(method) && candidate.path().equals(path))
                .findFirst();
        if (operation.isEmpty()) {
            return List.of("the document has no " + method + " " + path);
        }
        JsonNode responses = operation.get().node().path("responses");
        JsonNode response = responses.path(Integer.toString(status));
        if (response.isMissingNode()) {
            response = status >= 400 ? responses.path("default") : MissingNode.getInstance();
        }
        if (response.isMissingNode()) {
            return List.of(operation.get().id() + " has no answer " + status);
        }
        return ofContent(operation.get().id() + " " + status, resolved(response).path("content"), contentType, body);
    }

    /** What is wrong with an answer to a request that no operation takes. */
    public List<String> ofRefusal(String body) {
        return ofJson("refusal", reference("#/components/schemas/Error"), body);
    }

    /** What is wrong with a request's body; an empty one is the absence of a body. */
    public List<String> ofRequest(String operationId, String body) {
        JsonNode request = resolved(operation(operationId).node().path("requestBody"));
        if (body.isEmpty()) {
            return request.path("required").asBoolean() ? List.of(operationId + " needs a body") : List.of();
        }
        return ofContent(operationId + " request", request.path("content"), JSON, body);
    }

    /** The members of a request's body, each with its schema; none when it takes no JSON. */
    public List<Member> requestMembers(String operationId) {
        JsonNode request = resolved(operation(operationId).node().path("requestBody"));
        List<Member> members = new ArrayList<>();
        addMembers(resolved(request.path("content").path(JSON).path("schema")), members);
        return members;
    }

    private void addMembers(JsonNode schema, List<Member> members) {
        schema.path("properties")
                .properties()
                .forEach(member -> members.add(new Member(member.getKey(), resolved(member.getValue()))));
        schema.path("allOf").forEach(part -> addMembers(resolved(part), members));
    }

    /** What is wrong with what was sent to a callback URI or a subscription's endpoint. */
    public List<String> ofEvent(@Nullable String contentType, String body) {
        String webhook = JSON.equals(mediaType(contentType)) ? "eventGrid" : "callback";
        JsonNode content = root.path("webhooks")
                .path(webhook)
                .path("post")
                .path("requestBody")
                .path("content");
        return ofContent("event", content, contentType, body);
    }

    private List<String> ofContent(String what, JsonNode content, @Nullable String contentType, String body) {
        if (content.isMissingNode() || content.isEmpty()) {
            return body.isEmpty() ? List.of() : List.of(what + " has no body, but there came: " + body);
        }
        JsonNode media = content.path(mediaType(contentType));
        if (media.isMissingNode()) {
            return List.of(what + " has no content of type " + contentType);
        }
        return media.has("schema") ? ofJson(what, media.path("schema"), body) : List.of();
    }

    private List<String> ofJson(String what, JsonNode schema, String body) {
        JsonNode instance;
        try {
            instance = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return List.of(what + " is not JSON: " + body);
        }
        JsonSchema judge = schemas.computeIfAbsent(schema, this::compiled);
        return judge.validate(instance).stream()
                .map(ValidationMessage::toString)
                .map(message -> what + ": " + message + " in " + body)
                .toList();
    }

    /** References into the document, which is another one for a schema taken out of it, become absolute. */
    private JsonSchema compiled(JsonNode schema) {
        try {
            JsonNode absolute = MAPPER.readTree(schema.toString().replace("\"#/", "\"" + HOME + "#/"));
            return factory.getSchema(absolute, config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema was no JSON", e);
        }
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : root.at(reference.substring(1));
    }

    private static JsonNode reference(String pointer) {
        return MAPPER.createObjectNode().put("$ref", pointer);
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip();
    }

    /** One member of an object. */
    public record Member(String name, JsonNode schema) {}

    /** One operation: its method in capitals, its route's template and what the document says of it. */
    public record Operation(String method, String path, JsonNode node) {
        public String id() {
            return node.path("operationId").asText();
        }

        /** True when it is served without an access key. */
        public boolean isOpen() {
            return node.has("security") && node.path("security").isEmpty();
        }

        /** The texts of a list of its own, such as {@code x-events}. */
        public List<String> list(String name) {
            List<String> values = new ArrayList<>();
            node.path(name).forEach(value -> values.add(value.asText()));
            return values;
        }
    }
}
