package io.ringback.local.template;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates references, conditions and functions of a template. */
final class Intrinsics {
    /** What {@code !Ref AWS::NoValue} gives: the property that holds it is left out. */
    private static final Object NO_VALUE = new Object();

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");

    private final ResourceNames resources;
    private final Map<String, Object> parameters;
    private final Map<?, ?> conditions;
    private final Map<?, ?> mappings;

    /**
     * @param resources the template's section, as it was read
     * @param parameters their values, and those of the pseudo parameters
     * @param conditions the template's section, as it was read
     * @param mappings the template's section, as it was read
     */
    Intrinsics(
            Map<String, Map<String, Object>> resources,
            LocalNames names,
            Map<String, Object> parameters,
            Map<?, ?> conditions,
            Map<?, ?> mappings) {
        this.resources = new ResourceNames(resources, names, this::evaluate);
        this.parameters = parameters;
        this.conditions = conditions;
        this.mappings = mappings;
    }

    /** The names that the resources have. */
    ResourceNames names() {
        return resources;
    }

    /** The value with every intrinsic function replaced by what it gives. */
    Object evaluate(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.size() == 1 ? evaluateSingle(map.entrySet().iterator().next()) : evaluateMembers(map);
        }
        return value instanceof List<?> list ? evaluateElements(list) : value;
    }

    /** Whether the named condition holds; a resource without a condition is always there. */
    boolean holds(@Nullable Object conditionName) {
        return conditionName == null || isTrue(condition(String.valueOf(conditionName)));
    }

    private Object condition(String name) {
        Object definition = conditions.get(name);
        if (definition == null) {
            throw new IllegalArgumentException("The template has no condition " + name);
        }
        return evaluate(definition);
    }

    private Object evaluateMembers(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object evaluated = value == null ? NO_VALUE : evaluate(value);
            if (evaluated != NO_VALUE) {
                result.put(String.valueOf(key), evaluated);
            }
        });
        return result;
    }

    private List<Object> evaluateElements(List<?> list) {
        List<Object> result = new ArrayList<>();
        for (Object element : list) {
            Object evaluated = evaluate(element);
            if (evaluated != NO_VALUE) {
                result.add(evaluated);
            }
        }
        return result;
    }

    private Object evaluateSingle(Map.Entry<?, ?> entry) {
        String name = String.valueOf(entry.getKey());
        Object argument = entry.getValue();
        return switch (name) {
            case "Ref" -> ref(String.valueOf(argument));
            case "Condition" ->
                argument instanceof String text ? condition(text) : evaluateMembers(Map.of(name, argument));
            case "Fn::GetAtt" -> attribute(strings(argument));
            case "Fn::Sub" -> substitute(argument);
            case "Fn::If" -> choose((List<?>) argument);
            case "Fn::Equals" -> isEqual(evaluateElements((List<?>) argument));
            case "Fn::Not" -> !isTrue(evaluateElements((List<?>) argument).get(0));
            case "Fn::And" -> evaluateElements((List<?>) argument).stream().allMatch(Intrinsics::isTrue);
            case "Fn::Or" -> evaluateElements((List<?>) argument).stream().anyMatch(Intrinsics::isTrue);
            case "Fn::Join" -> join(evaluateElements((List<?>) argument));
            case "Fn::Split" -> split(evaluateElements((List<?>) argument));
            case "Fn::Select" -> select(evaluateElements((List<?>) argument));
            case "Fn::FindInMap" -> findInMap(strings(argument));
            default -> {
                if (name.startsWith("Fn::")) {
                    throw new IllegalArgumentException("The local stack does not know the function " + name);
                }
                yield evaluateMembers(Map.of(name, argument == null ? NO_VALUE : argument));
            }
        };
    }

    private Object ref(String name) {
        if (name.equals("AWS::NoValue")) {
            return NO_VALUE;
        }
        Object parameter = parameters.get(name);
        return parameter == null ? resources.ref(name) : parameter;
    }

    private Object attribute(List<String> path) {
        return resources.attribute(path.get(0), path.get(1));
    }

    private String substitute(Object argument) {
        Map<?, ?> local = Map.of();
        Object text = argument;
        if (argument instanceof List<?> pair) {
            text = pair.get(0);
            local = (Map<?, ?>) evaluate(pair.get(1));
        }
        Map<?, ?> variables = local;
        return PLACEHOLDER
                .matcher(String.valueOf(text))
                .replaceAll(match -> Matcher.quoteReplacement(value(match, variables)));
    }

    private String value(MatchResult placeholder, Map<?, ?> variables) {
        String name = placeholder.group(2);
        if (!placeholder.group(1).isEmpty()) {
            return "${" + name + "}";
        }
        Object variable = variables.get(name);
        if (variable != null) {
            return String.valueOf(variable);
        }
        String[] path = name.split("\\.", 2);
        return String.valueOf(path.length == 1 ? ref(name) : resources.attribute(path[0], path[1]));
    }

    private Object choose(List<?> argument) {
        return evaluate(argument.get(holds(argument.get(0)) ? 1 : 2));
    }

    private Object findInMap(List<String> path) {
        Object found = mappings;
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        if (found == null) {
            throw new IllegalArgumentException("The template maps nothing at " + path);
        }
        return found;
    }

    private List<String> strings(Object argument) {
        return evaluateElements((List<?>) argument).stream()
                .map(String::valueOf)
                .toList();
    }

    private static boolean isEqual(List<Object> pair) {
        return String.valueOf(pair.get(0)).equals(String.valueOf(pair.get(1)));
    }

    private static boolean isTrue(Object value) {
        return Boolean.parseBoolean(String.valueOf(value));
    }

    private static String join(List<Object> argument) {
        return ((List<?>) argument.get(1))
                .stream().map(String::valueOf).collect(joining(String.valueOf(argument.get(0))));
    }

    private static List<String> split(List<Object> argument) {
        return Arrays.asList(String.valueOf(argument.get(1)).split(Pattern.quote(String.valueOf(argument.get(0))), -1));
    }

    private static Object select(List<Object> argument) {
        return ((List<?>) argument.get(1)).get(Integer.parseInt(String.valueOf(argument.get(0))));
    }
}
