package io.ringback.functions.api.routes;

import java.util.List;

/** Which methods are served at which paths. */
public final class RouteTable {
    private final List<Route> routes;

    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** The methods that are served at this path, in alphabetical order; none when the path is unknown. */
    public List<String> methods(String path) {
        return routes.stream()
                .filter(route -> route.matches(path))
                .map(Route::method)
                .distinct()
                .sorted()
                .toList();
    }

    public List<Route> routes() {
        return routes;
    }

    /**
     * One route.
     *
     * @param path with parameters in braces, e.g. {@code /calls/{id}}
     */
    public record Route(String method, String path) {
        boolean matches(String actual) {
            String[] wanted = path.split("/", -1);
            String[] given = actual.split("/", -1);
            if (wanted.length != given.length) {
                return false;
            }
            for (int i = 0; i < wanted.length; i++) {
                boolean parameter = wanted[i].startsWith("{") && !given[i].isEmpty();
                if (!parameter && !wanted[i].equals(given[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
