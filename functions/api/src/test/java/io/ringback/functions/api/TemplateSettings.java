package io.ringback.functions.api;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The functions of the API in {@code template.yaml}, each by its handler, with the names of its settings. */
final class TemplateSettings {
    private TemplateSettings() {}

    static Map<String, Set<String>> byHandler() throws IOException {
        Map<String, Set<String>> settings = new TreeMap<>();
        try (Reader template = Files.newBufferedReader(Path.of("..", "..", "template.yaml"))) {
            Node root = new Yaml(new LoaderOptions()).compose(template);
            for (NodeTuple resource : tuples(at(root, "Resources"))) {
                Node properties = at(resource.getValueNode(), "Properties").orElse(root);
                String handler = at(properties, "Handler")
                        .map(node -> ((ScalarNode) node).getValue())
                        .orElse("");
                if (handler.startsWith("io.ringback.functions.api.")) {
                    Set<String> names = settings.computeIfAbsent(handler, name -> new TreeSet<>());
                    tuples(at(properties, "Environment", "Variables"))
                            .forEach(tuple -> names.add(((ScalarNode) tuple.getKeyNode()).getValue()));
                }
            }
        }
        return settings;
    }

    /** Handlers of which a snapshot is taken. */
    static Set<String> ofSnapshots() throws IOException {
        Set<String> handlers = new TreeSet<>();
        try (Reader template = Files.newBufferedReader(Path.of("..", "..", "template.yaml"))) {
            Node root = new Yaml(new LoaderOptions()).compose(template);
            for (NodeTuple resource : tuples(at(root, "Resources"))) {
                Node properties = at(resource.getValueNode(), "Properties").orElse(root);
                if (at(properties, "SnapStart").isPresent()) {
                    at(properties, "Handler").ifPresent(node -> handlers.add(((ScalarNode) node).getValue()));
                }
            }
        }
        return handlers;
    }

    private static Optional<Node> at(Node node, String... names) {
        Optional<Node> found = Optional.of(node);
        for (String name : names) {
            found = tuples(found).stream()
                    .filter(tuple ->
                            ((ScalarNode) tuple.getKeyNode()).getValue().equals(name))
                    .map(NodeTuple::getValueNode)
                    .findFirst();
        }
        return found;
    }

    private static List<NodeTuple> tuples(Optional<Node> node) {
        return node.filter(MappingNode.class::isInstance)
                .map(mapping -> ((MappingNode) mapping).getValue())
                .orElse(List.of());
    }
}
