package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.testkit.openapi.ApiDocument.Member;
import io.ringback.testkit.openapi.ApiDocument.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member of every body that docs/openapi.yaml describes, with values that it does not allow, and left out. */
class EveryMemberTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NONSENSE = "nonsense";

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    /** A sample, the scene in which it works, and a member that its body may have. */
    static Stream<Arguments> members() {
        Events events = new Events(ApiBench.KEY);
        return Samples.scenes(EachOperation.class).entrySet().stream()
                .flatMap(row -> described(events.sample(row.getKey()))
                        .map(Operation::id)
                        .map(Documented.DOCUMENT::requestMembers)
                        .orElse(List.of())
                        .stream()
                        .map(member -> Arguments.of(row.getKey(), row.getValue(), member)));
    }

    @ParameterizedTest
    @MethodSource("members")
    void whatTheDocumentDoesNotAllowIsRefusedAndThePlaceNamed(String sample, Scene scene, Member member) {
        scene.set(bench);
        int commits = bench.calls.commits().size();
        SampleEvent event = bench.events.sample(sample);
        String operation = described(event).orElseThrow().id();
        for (String body : wrongBodies(event, member)) {
            if (Documented.DOCUMENT.ofRequest(operation, body).isEmpty()) {
                assertThat(body)
                        .as("only what is not required may be left out")
                        .doesNotContain("\"" + member.name() + "\":");
                continue;
            }

            Reply reply = bench.invokeWith(sample, event.withBody(body).text());

            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.code()).as(body).isEqualTo("8523");
            assertThat(reply.target().orElse("")).as(body).startsWith(member.name());
        }
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    /** The sample's body with each wrong value for the member, and without it. */
    private static List<String> wrongBodies(SampleEvent event, Member member) {
        List<String> bodies = new ArrayList<>();
        for (JsonNode wrong : wrongValues(member.schema())) {
            ObjectNode body = event.bodyTree();
            body.set(member.name(), wrong);
            bodies.add(body.toString());
        }
        bodies.add(event.bodyTree().without(member.name()).toString());
        return bodies;
    }

    private static List<JsonNode> wrongValues(JsonNode schema) {
        List<JsonNode> wrong = new ArrayList<>();
        switch (schema.path("type").asText()) {
            case "object" -> wrong.add(JSON.textNode(NONSENSE));
            case "array" -> {
                wrong.add(JSON.textNode(NONSENSE));
                wrong.add(JSON.arrayNode().add(7));
                if (schema.has("minItems")) {
                    wrong.add(JSON.arrayNode());
                }
                if (schema.has("maxItems")) {
                    wrong.add(nulls(schema.path("maxItems").intValue() + 1));
                }
            }
            case "integer" -> {
                wrong.add(JSON.textNode(schema.path("minimum").asText()));
                wrong.add(JSON.numberNode(schema.path("minimum").intValue() - 1));
                wrong.add(JSON.numberNode(schema.path("maximum").intValue() + 1));
                wrong.add(JSON.numberNode(schema.path("minimum").intValue() + 0.5));
            }
            case "boolean" -> wrong.add(JSON.numberNode(1));
            case "string" -> {
                wrong.add(JSON.objectNode());
                if (schema.has("maxLength")) {
                    wrong.add(JSON.textNode("https://a.example/"
                            + "x".repeat(schema.path("maxLength").intValue())));
                }
                if (schema.path("format").asText().equals("uri")) {
                    wrong.add(JSON.textNode(NONSENSE));
                }
            }
            default -> {
                // One of some texts, or an array of such.
                wrong.add(JSON.objectNode());
                wrong.add(JSON.textNode(NONSENSE));
            }
        }
        wrong.add(JSON.numberNode(-7));
        return wrong;
    }

    private static ArrayNode nulls(int count) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < count; i++) {
            array.addNull();
        }
        return array;
    }

    private static Optional<Operation> described(SampleEvent event) {
        return Documented.DOCUMENT.operations().stream()
                .filter(operation -> event.routeKey().equals(operation.method() + " " + operation.path()))
                .findFirst();
    }
}
