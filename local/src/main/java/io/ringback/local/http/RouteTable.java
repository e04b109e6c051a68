package io.ringback.local.http;

import io.ringback.local.template.HttpRoute;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses a request's route as an HTTP API does: a full match first, of several the one whose literal segments come
 * first; then {@code $default}.
 */
public final class RouteTable {
    private final List<HttpRoute> routes;

    /** A route and the decoded values of its path parameters. */
    public record Match(HttpRoute route, Map<String, String> pathParameters) {}

    public RouteTable(Collection<HttpRoute> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparing(RouteTable::specificity))
                .toList();
    }

    /** @param rawPath percent-encoded, so that an encoded slash stays within its segment */
    public Optional<Match> find(String method, String rawPath) {
        return routes.stream()
                .filter(route -> route.method().equals(method) || route.method().equals("ANY"))
                .flatMap(route -> match(route, rawPath).stream())
                .findFirst();
    }

    private static Optional<Match> match(HttpRoute route, String rawPath) {
        if (route.isDefault()) {
            return Optional.of(new Match(route, Map.of()));
        }
        String[] wanted = route.path().split("/", -1);
        String[] segments = rawPath.split("/", -1);
        if (wanted.length != segments.length) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            String segment = PercentEncoding.decode(segments[i]).orElse(segments[i]);
            if (isParameter(wanted[i]) && !segment.isEmpty()) {
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), segment);
            } else if (!wanted[i].equals(segment)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Match(route, parameters));
    }

    /** Sorts literals before parameters, segment by segment, and {@code $default} last. */
    private static String specificity(HttpRoute route) {
        if (route.isDefault()) {
            return "2";
        }
        StringBuilder key = new StringBuilder();
        for (String segment : route.path().split("/", -1)) {
            key.append(isParameter(segment) ? '1' : '0');
        }
        return key.append(route.method().equals("ANY") ? '1' : '0').toString();
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }
}
