package io.ringback.aws.dynamodb;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Builds the attributes of an item, or of a map within one. What is null stays out. */
final class ItemWriter {
    /** Nine digits always: text of equal length sorts as the instants do, and nothing is rounded. */
    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();

    ItemWriter text(String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, AttributeValue.fromS(value));
        }
        return this;
    }

    ItemWriter number(String name, @Nullable Number value) {
        if (value != null) {
            attributes.put(name, AttributeValue.fromN(value.toString()));
        }
        return this;
    }

    ItemWriter flag(String name, boolean value) {
        attributes.put(name, AttributeValue.fromBool(value));
        return this;
    }

    ItemWriter instant(String name, @Nullable Instant value) {
        return text(name, value == null ? null : format(value));
    }

    ItemWriter constant(String name, @Nullable Enum<?> value) {
        return text(name, value == null ? null : value.name());
    }

    <T> ItemWriter value(String name, @Nullable T value, Function<T, AttributeValue> format) {
        if (value != null) {
            attributes.put(name, format.apply(value));
        }
        return this;
    }

    <T> ItemWriter list(String name, List<T> values, Function<T, AttributeValue> format) {
        attributes.put(name, AttributeValue.fromL(values.stream().map(format).toList()));
        return this;
    }

    Map<String, AttributeValue> item() {
        return attributes;
    }

    AttributeValue map() {
        return AttributeValue.fromM(attributes);
    }

    /** An instant as it stands in an item. */
    static String format(Instant instant) {
        return INSTANT.format(instant);
    }
}
