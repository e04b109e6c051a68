package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** The table of the emulators is the table of the template. */
class TableSchemaTest {
    @Test
    void theTemplateDeclaresTheSameKeysAndIndexes() throws IOException {
        JsonNode declared = template().at("/Resources/Table/Properties");
        CreateTableRequest ours = TableSchema.createTable("any");

        Set<String> attributes = new TreeSet<>();
        declared.path("AttributeDefinitions")
                .forEach(a -> attributes.add(a.path("AttributeName").asText() + " "
                        + a.path("AttributeType").asText()));
        assertThat(attributes)
                .containsExactlyInAnyOrderElementsOf(ours.attributeDefinitions().stream()
                        .map(a -> a.attributeName() + " " + a.attributeTypeAsString())
                        .toList());
        assertThat(keys(declared.path("KeySchema"))).isEqualTo(keys(ours.keySchema()));

        Map<String, List<String>> indexes = new TreeMap<>();
        declared.path("GlobalSecondaryIndexes").forEach(index -> {
            List<String> shape = keys(index.path("KeySchema"));
            shape.add(index.at("/Projection/ProjectionType").asText());
            index.at("/Projection/NonKeyAttributes").forEach(attribute -> shape.add(attribute.asText()));
            indexes.put(index.path("IndexName").asText(), shape);
        });
        Map<String, List<String>> expected = new TreeMap<>();
        ours.globalSecondaryIndexes().forEach(index -> {
            List<String> shape = new ArrayList<>(keys(index.keySchema()));
            shape.add(index.projection().projectionTypeAsString());
            shape.addAll(index.projection().nonKeyAttributes());
            expected.put(index.indexName(), shape);
        });
        assertThat(indexes).isEqualTo(expected);

        assertThat(declared.at("/BillingMode").asText()).isEqualTo(ours.billingModeAsString());
        assertThat(declared.at("/TimeToLiveSpecification/AttributeName").asText())
                .isEqualTo(TableSchema.EXPIRES_AT);
    }

    private static List<String> keys(JsonNode schema) {
        List<String> keys = new ArrayList<>();
        schema.forEach(key -> keys.add(
                key.path("AttributeName").asText() + " " + key.path("KeyType").asText()));
        return keys;
    }

    private static List<String> keys(List<KeySchemaElement> schema) {
        return schema.stream()
                .map(key -> key.attributeName() + " " + key.keyTypeAsString())
                .toList();
    }

    private static JsonNode template() throws IOException {
        Path file = Path.of("template.yaml");
        while (!Files.exists(file)) {
            file = Path.of("..").resolve(file);
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            return new ObjectMapper().valueToTree(new Yaml(new Plain()).load(reader));
        }
    }

    /** Takes whatever stands behind {@code !Ref} and its like for nothing: no key of the table depends on one. */
    private static final class Plain extends SafeConstructor {
        Plain() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return node.getTag().getValue();
                }
            });
        }
    }
}
