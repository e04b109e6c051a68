package io.ringback.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An evaluated object of a template, read with names that are told when something is missing. */
record Properties(String owner, Map<String, Object> members) {
    Optional<Object> find(String name) {
        return Optional.ofNullable(members.get(name));
    }

    String text(String name) {
        return find(name)
                .map(String::valueOf)
                .orElseThrow(() -> new IllegalArgumentException(owner + " has no " + name));
    }

    int number(String name, int otherwise) {
        return find(name).map(value -> Integer.parseInt(String.valueOf(value))).orElse(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return find(name)
                .map(value -> Boolean.parseBoolean(String.valueOf(value)))
                .orElse(otherwise);
    }

    /** The object of this name; without members when there is none. */
    Properties object(String name) {
        return new Properties(
                owner + "." + name, find(name).map(Properties::asObject).orElse(Map.of()));
    }

    /** The objects that the object of this name holds, by their names. */
    Map<String, Properties> objects(String name) {
        Map<String, Properties> result = new LinkedHashMap<>();
        object(name)
                .members
                .forEach((key, value) ->
                        result.put(key, new Properties(owner + "." + name + "." + key, asObject(value))));
        return result;
    }

    /** The elements of the list of this name; one value stands for a list of one. */
    List<Object> elements(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list ? new ArrayList<>(list) : List.of(value);
    }

    List<String> texts(String name) {
        return elements(name).stream().map(String::valueOf).toList();
    }

    List<Properties> objectElements(String name) {
        return elements(name).stream()
                .map(element -> new Properties(owner + "." + name, asObject(element)))
                .toList();
    }

    static Map<String, Object> asObject(Object value) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> {
                if (member != null) {
                    result.put(String.valueOf(key), member);
                }
            });
            return result;
        }
        throw new IllegalArgumentException("Not an object: " + value);
    }
}
