package io.ringback.aws.emulated;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Size of an item as DynamoDB counts it, in bytes: names and values in UTF-8, three bytes for a list or a map. */
public final class ItemSize {
    private static final int CONTAINER = 3;

    private ItemSize() {}

    public static long of(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToLong(attribute -> bytes(attribute.getKey()) + of(attribute.getValue()))
                .sum();
    }

    private static long of(AttributeValue value) {
        return switch (value.type()) {
            case S -> bytes(value.s());
            // Two digits a byte, and one for the exponent.
            case N -> (value.n().length() + 1) / 2 + 1;
            case BOOL, NUL -> 1;
            case L ->
                CONTAINER
                        + value.l().stream()
                                .mapToLong(element -> of(element) + 1)
                                .sum();
            case M -> CONTAINER + of(value.m()) + value.m().size();
            default -> throw new IllegalArgumentException("our items have no " + value.type());
        };
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
