package io.ringback.local.template;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function.
 *
 * @param logicalId its name in the template, which is the simple name of its class
 * @param handler the name of its class
 * @param settings its environment variables
 * @param statements what its policies allow
 */
public record LambdaFunction(
        String logicalId,
        String handler,
        Duration timeout,
        Map<String, String> settings,
        List<Statement> statements,
        List<HttpRoute> routes,
        List<QueueSource> queues,
        List<Schedule> schedules) {
    public LambdaFunction {
        settings = Map.copyOf(settings);
        statements = List.copyOf(statements);
        routes = List.copyOf(routes);
        queues = List.copyOf(queues);
        schedules = List.copyOf(schedules);
    }

    /** The same function with other values for those of its settings that are named here. */
    public LambdaFunction overriding(Map<String, String> values) {
        Map<String, String> overridden = new LinkedHashMap<>(settings);
        overridden.replaceAll((name, value) -> values.getOrDefault(name, value));
        return new LambdaFunction(logicalId, handler, timeout, overridden, statements, routes, queues, schedules);
    }
}
