package io.ringback.functions.api.routes;

import io.ringback.functions.api.routes.RouteTable.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads the routes from the deployment's own {@code template.yaml}, which the build puts beside the classes. Only the
 * tree is read, so the template's intrinsic functions ({@code !Ref} …) mean nothing here.
 */
public final class TemplateRoutes {
    private static final String RESOURCE = "/template.yaml";

    private TemplateRoutes() {}

    /** The routes of this deployment. */
    public static RouteTable load() {
        try (InputStream template = TemplateRoutes.class.getResourceAsStream(RESOURCE)) {
            if (template == null) {
                throw new IllegalStateException("the build has left out " + RESOURCE);
            }
            return read(new InputStreamReader(template, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RouteTable read(Reader template) {
        Node root = new Yaml(new LoaderOptions()).compose(template);
        List<Route> routes = new ArrayList<>();
        for (Node function : values(member(root, "Resources"))) {
            Optional<Node> events = member(function, "Properties").flatMap(properties -> member(properties, "Events"));
            values(events).forEach(event -> route(event).ifPresent(routes::add));
        }
        return new RouteTable(routes);
    }

    /** The route of an event source, if it is one; the one without a path is $default and no operation. */
    private static Optional<Route> route(Node event) {
        Optional<Node> properties = member(event, "Properties");
        Optional<String> path = properties.flatMap(node -> text(node, "Path"));
        Optional<String> method = properties.flatMap(node -> text(node, "Method"));
        return text(event, "Type").filter("HttpApi"::equals).isPresent() && path.isPresent() && method.isPresent()
                ? Optional.of(new Route(method.get().toUpperCase(Locale.ROOT), path.get()))
                : Optional.empty();
    }

    private static Optional<String> text(Node node, String name) {
        return member(node, name).filter(ScalarNode.class::isInstance).map(value -> ((ScalarNode) value).getValue());
    }

    private static Optional<Node> member(Node node, String name) {
        return tuples(node).stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static List<Node> values(Optional<Node> node) {
        return node.map(TemplateRoutes::tuples).orElse(List.of()).stream()
                .map(NodeTuple::getValueNode)
                .toList();
    }

    private static List<NodeTuple> tuples(Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }
}
