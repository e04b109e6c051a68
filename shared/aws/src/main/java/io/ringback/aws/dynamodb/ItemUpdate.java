package io.ringback.aws.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An update expression under construction. It names the attributes that it touches and so leaves all others as they
 * are: an item keeps what a newer version has put into it.
 */
final class ItemUpdate {
    private final List<String> sets = new ArrayList<>();
    private final List<String> removes = new ArrayList<>();
    private final List<String> adds = new ArrayList<>();
    private final List<String> deletes = new ArrayList<>();
    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    ItemUpdate set(String name, AttributeValue value) {
        sets.add(name(name) + " = " + value(name, value));
        return this;
    }

    /** Sets an attribute to a value and what comes behind it: {@code + } or {@code - } another one. */
    ItemUpdate set(String name, String label, AttributeValue value, String rest) {
        sets.add(name(name) + " = " + value(label, value) + rest);
        return this;
    }

    /** Changes a number that is there: {@code + } or {@code - } something. */
    ItemUpdate count(String name, String change) {
        sets.add(name(name) + " = " + name(name) + change);
        return this;
    }

    ItemUpdate setAll(Map<String, AttributeValue> attributes) {
        attributes.forEach(this::set);
        return this;
    }

    /** Adds elements to the end of a list, which is made when absent. */
    ItemUpdate append(String name, List<AttributeValue> elements) {
        sets.add(name(name) + " = list_append(if_not_exists(" + name(name) + ", "
                + value("none", AttributeValue.fromL(List.of())) + "), " + value(name, AttributeValue.fromL(elements))
                + ")");
        return this;
    }

    /** Adds one to a number, which is 0 when absent. */
    ItemUpdate increment(String name) {
        sets.add(name(name) + " = if_not_exists(" + name(name) + ", " + value("zero", AttributeValue.fromN("0"))
                + ") + " + value("one", AttributeValue.fromN("1")));
        return this;
    }

    ItemUpdate remove(String... attributes) {
        for (String attribute : attributes) {
            removes.add(name(attribute));
        }
        return this;
    }

    /** Adds a number to a set, which is made when absent. */
    ItemUpdate addToSet(String name, long element) {
        adds.add(name(name) + " " + value(name, AttributeValue.fromNs(List.of(Long.toString(element)))));
        return this;
    }

    /** Takes a number out of a set, which is gone when empty. */
    ItemUpdate deleteFromSet(String name, long element) {
        deletes.add(name(name) + " " + value(name, AttributeValue.fromNs(List.of(Long.toString(element)))));
        return this;
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** The placeholder of an attribute's name, for conditions. */
    String name(String attribute) {
        String placeholder = "#" + attribute;
        names.put(placeholder, attribute);
        return placeholder;
    }

    /** The placeholder of a value, for conditions; {@code label} tells it from the others. */
    String value(String label, AttributeValue value) {
        String placeholder = ":" + label;
        AttributeValue before = values.put(placeholder, value);
        if (before != null && !before.equals(value)) {
            throw new IllegalArgumentException("two values are called " + placeholder);
        }
        return placeholder;
    }

    String expression() {
        StringBuilder expression = new StringBuilder();
        clause(expression, "SET ", sets);
        clause(expression, " REMOVE ", removes);
        clause(expression, " ADD ", adds);
        clause(expression, " DELETE ", deletes);
        return expression.toString();
    }

    private static void clause(StringBuilder expression, String keyword, List<String> parts) {
        if (!parts.isEmpty()) {
            expression.append(keyword).append(String.join(", ", parts));
        }
    }

    Map<String, String> names() {
        return names;
    }

    Map<String, AttributeValue> values() {
        return values;
    }
}
