package io.ringback.aws.dynamodb;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the attributes of an item, or of a map within one. An attribute that is missing or of another type is a bug or a
 * foreign item: {@link IllegalStateException} that names it.
 */
final class ItemReader {
    private final Map<String, AttributeValue> attributes;

    ItemReader(Map<String, AttributeValue> attributes) {
        this.attributes = attributes;
    }

    /** A reader of a nested map. */
    static ItemReader of(AttributeValue map) {
        return new ItemReader(map.m());
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    String text(String name) {
        return required(name, optionalText(name));
    }

    @Nullable
    String optionalText(String name) {
        return optional(name, AttributeValue::s);
    }

    long number(String name) {
        return Long.parseLong(required(name, optional(name, AttributeValue::n)));
    }

    /** The number, or 0 where there is none. */
    long numberOrZero(String name) {
        return has(name) ? number(name) : 0;
    }

    int integer(String name) {
        return Math.toIntExact(number(name));
    }

    boolean flag(String name) {
        return required(name, optional(name, AttributeValue::bool));
    }

    /** The flag, or false where there is none. */
    boolean flagOrFalse(String name) {
        return has(name) && flag(name);
    }

    Instant instant(String name) {
        return Instant.parse(text(name));
    }

    @Nullable
    Instant optionalInstant(String name) {
        String text = optionalText(name);
        return text == null ? null : Instant.parse(text);
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        return Enum.valueOf(type, text(name));
    }

    <T> T value(String name, Function<AttributeValue, T> parse) {
        return required(name, optional(name, parse));
    }

    <T> @Nullable T optional(String name, Function<AttributeValue, T> parse) {
        AttributeValue value = attributes.get(name);
        return value == null ? null : parse.apply(value);
    }

    /** The list, empty where there is none. */
    <T> List<T> list(String name, Function<AttributeValue, T> parse) {
        AttributeValue value = attributes.get(name);
        return value == null ? List.of() : value.l().stream().map(parse).toList();
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the item " + attributes.get(TableSchema.PARTITION_KEY)
                    + " lacks the attribute " + name + ", or it is of another type");
        }
        return value;
    }
}
