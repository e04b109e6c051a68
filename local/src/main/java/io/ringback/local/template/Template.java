package io.ringback.local.template;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code template.yaml} says, with references, conditions and parameters resolved as a deployment would. */
public record Template(List<LambdaFunction> functions, List<Queue> queues, List<Table> tables, List<Secret> secrets) {
    public Template {
        functions = List.copyOf(functions);
        queues = List.copyOf(queues);
        tables = List.copyOf(tables);
        secrets = List.copyOf(secrets);
    }

    /**
     * @param parameters values of the template's parameters; the others have their defaults
     * @throws IllegalArgumentException naming what the local stack cannot understand
     */
    public static Template read(Path file, Map<String, String> parameters, LocalNames names) throws IOException {
        Map<String, Object> document = Properties.asObject(CloudFormationYaml.parse(Files.readString(file)));
        Map<String, Map<String, Object>> resources = new LinkedHashMap<>();
        section(document, "Resources").forEach((name, value) -> resources.put(name, Properties.asObject(value)));
        Intrinsics intrinsics = new Intrinsics(
                resources,
                names,
                parameterValues(section(document, "Parameters"), parameters, names),
                section(document, "Conditions"),
                section(document, "Mappings"));
        resources.values().removeIf(resource -> !intrinsics.holds(resource.get("Condition")));
        Object globals = intrinsics.evaluate(section(document, "Globals"));
        return new TemplateReader(resources, intrinsics, new Properties("Globals", Properties.asObject(globals)))
                .read();
    }

    /** The function of this logical id. */
    public LambdaFunction function(String logicalId) {
        return functions.stream()
                .filter(function -> function.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The template has no function " + logicalId));
    }

    /** All routes and the functions that serve them. */
    public Map<HttpRoute, LambdaFunction> routes() {
        return functions.stream()
                .flatMap(function -> function.routes().stream().map(route -> Map.entry(route, function)))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Object> parameterValues(
            Map<String, Object> declared, Map<String, String> given, LocalNames names) {
        Map<String, Object> values = new LinkedHashMap<>(Map.of(
                "AWS::AccountId", names.accountId(),
                "AWS::Region", names.region(),
                "AWS::StackName", names.stackName(),
                "AWS::Partition", "aws",
                "AWS::URLSuffix", "amazonaws.com"));
        declared.forEach((name, declaration) -> {
            Object standard = Properties.asObject(declaration).get("Default");
            values.put(name, standard == null ? "" : standard);
        });
        given.forEach((name, value) -> {
            if (!declared.containsKey(name)) {
                throw new IllegalArgumentException("The template has no parameter " + name);
            }
            values.put(name, value);
        });
        return values;
    }

    private static Map<String, Object> section(Map<String, Object> document, String name) {
        return Properties.asObject(document.getOrDefault(name, Map.of()));
    }
}
