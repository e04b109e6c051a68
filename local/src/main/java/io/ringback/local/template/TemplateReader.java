package io.ringback.local.template;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the resources of a template into records. */
final class TemplateReader {
    /** Invocations at once of a queue source that says nothing; the cloud begins with five pollers. */
    private static final int USUAL_CONCURRENCY = 5;

    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

    private final Map<String, Map<String, Object>> resources;
    private final Intrinsics intrinsics;
    private final ResourceNames names;
    private final Properties globals;

    TemplateReader(Map<String, Map<String, Object>> resources, Intrinsics intrinsics, Properties globals) {
        this.resources = resources;
        this.intrinsics = intrinsics;
        this.names = intrinsics.names();
        this.globals = globals.object("Function");
    }

    Template read() {
        return new Template(
                all("AWS::Serverless::Function", this::function),
                all("AWS::SQS::Queue", this::queue),
                all("AWS::DynamoDB::Table", this::table),
                all("AWS::SecretsManager::Secret", this::secret));
    }

    private <T> List<T> all(String type, BiFunction<String, Properties, T> reader) {
        return resources.entrySet().stream()
                .filter(resource -> type.equals(resource.getValue().get("Type")))
                .map(resource -> reader.apply(resource.getKey(), properties(resource.getKey(), resource.getValue())))
                .toList();
    }

    private Properties properties(String logicalId, Map<String, Object> resource) {
        Object evaluated = intrinsics.evaluate(resource.getOrDefault("Properties", Map.of()));
        return new Properties(logicalId, Properties.asObject(evaluated));
    }

    private LambdaFunction function(String logicalId, Properties properties) {
        Map<String, Properties> events = properties.objects("Events");
        return new LambdaFunction(
                logicalId,
                properties.text("Handler").split("::", 2)[0],
                Duration.ofSeconds(properties.number("Timeout", globals.number("Timeout", 3))),
                settings(properties),
                statements(properties),
                ofType(events, "HttpApi").map(TemplateReader::route).toList(),
                ofType(events, "SQS").map(TemplateReader::queueSource).toList(),
                Stream.concat(
                                ofType(events, "Schedule").map(event -> schedule(event, "Schedule")),
                                ofType(events, "ScheduleV2").map(event -> schedule(event, "ScheduleExpression")))
                        .toList());
    }

    private Map<String, String> settings(Properties function) {
        Map<String, String> settings = new LinkedHashMap<>();
        Stream.of(globals, function)
                .map(level -> level.object("Environment").object("Variables").members())
                .forEach(variables -> variables.forEach((name, value) -> settings.put(name, String.valueOf(value))));
        return settings;
    }

    private static List<Statement> statements(Properties function) {
        return function.objectElements("Policies").stream()
                .flatMap(policy -> policy.objectElements("Statement").stream())
                .map(TemplateReader::statement)
                .toList();
    }

    private static Statement statement(Properties statement) {
        if (!statement.text("Effect").equals("Allow")
                || statement.find("Condition").isPresent()) {
            throw new IllegalArgumentException(
                    statement.owner() + ": the local stack understands only statements that allow without a condition");
        }
        return new Statement(statement.texts("Action"), statement.texts("Resource"));
    }

    private static Stream<Properties> ofType(Map<String, Properties> events, String type) {
        return events.values().stream()
                .filter(event -> event.text("Type").equals(type))
                .map(event -> event.object("Properties"));
    }

    private static HttpRoute route(Properties event) {
        return new HttpRoute(
                event.find("Method")
                        .map(method -> String.valueOf(method).toUpperCase(Locale.ROOT))
                        .orElse("ANY"),
                event.find("Path").map(String::valueOf).orElse(HttpRoute.DEFAULT));
    }

    private static QueueSource queueSource(Properties event) {
        return new QueueSource(
                event.text("Queue"),
                event.number("BatchSize", 10),
                event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
                event.object("ScalingConfig").number("MaximumConcurrency", USUAL_CONCURRENCY));
    }

    private static Schedule schedule(Properties event, String expressionName) {
        String expression = event.text(expressionName);
        Matcher rate = RATE.matcher(expression);
        if (!rate.matches()) {
            throw new IllegalArgumentException(event.owner() + ": the local stack knows rates only, not " + expression);
        }
        long amount = Long.parseLong(rate.group(1));
        return new Schedule(
                event.owner(),
                switch (rate.group(2)) {
                    case "minute" -> Duration.ofMinutes(amount);
                    case "hour" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    private Queue queue(String logicalId, Properties properties) {
        Map<String, String> attributes = properties.members().entrySet().stream()
                .filter(attribute -> !attribute.getKey().equals("QueueName")
                        && !attribute.getKey().equals("Tags"))
                .collect(toMap(Map.Entry::getKey, attribute -> Json.text(attribute.getValue())));
        return new Queue(logicalId, names.name(logicalId), names.arn(logicalId), attributes);
    }

    private Table table(String logicalId, Properties properties) {
        return new Table(
                logicalId,
                names.name(logicalId),
                names.arn(logicalId),
                properties.objectElements("AttributeDefinitions").stream()
                        .collect(toMap(
                                attribute -> attribute.text("AttributeName"),
                                attribute -> attribute.text("AttributeType"))),
                key(properties),
                properties.objectElements("GlobalSecondaryIndexes").stream()
                        .map(TemplateReader::index)
                        .toList());
    }

    private static Table.Index index(Properties index) {
        Properties projection = index.object("Projection");
        return new Table.Index(
                index.text("IndexName"),
                key(index),
                projection.text("ProjectionType"),
                projection.texts("NonKeyAttributes"));
    }

    private static Table.Key key(Properties owner) {
        @Nullable String partition = null;
        @Nullable String sort = null;
        for (Properties element : owner.objectElements("KeySchema")) {
            if (element.text("KeyType").equals("HASH")) {
                partition = element.text("AttributeName");
            } else {
                sort = element.text("AttributeName");
            }
        }
        if (partition == null) {
            throw new IllegalArgumentException(owner.owner() + " has no partition key");
        }
        return new Table.Key(partition, sort);
    }

    private Secret secret(String logicalId, Properties properties) {
        Properties generated = properties.object("GenerateSecretString");
        return new Secret(
                logicalId,
                names.arn(logicalId),
                generated.number("PasswordLength", 32),
                text(generated, "SecretStringTemplate"),
                text(generated, "GenerateStringKey"),
                text(properties, "SecretString"));
    }

    private static @Nullable String text(Properties properties, String name) {
        return properties.find(name).map(String::valueOf).orElse(null);
    }
}
