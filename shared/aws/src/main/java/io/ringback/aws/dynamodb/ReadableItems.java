package io.ringback.aws.dynamodb;

import io.ringback.wire.log.Masked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items of a list that have nothing to do with each other. One that cannot be read, because it is broken or a newer
 * version wrote it, is logged and left out: the others are not to suffer for it.
 */
final class ReadableItems {
    private static final Logger LOG = LoggerFactory.getLogger(ReadableItems.class);

    private ReadableItems() {}

    /** @param parse throws when it cannot read an item */
    static <T> List<T> of(Iterable<Map<String, AttributeValue>> items, Function<Map<String, AttributeValue>, T> parse) {
        List<T> readable = new ArrayList<>();
        for (Map<String, AttributeValue> item : items) {
            try {
                readable.add(parse.apply(item));
            } catch (RuntimeException e) {
                LOG.error(
                        "The item {} {} cannot be read and is left out: {}",
                        key(item, TableSchema.PARTITION_KEY),
                        key(item, TableSchema.SORT_KEY),
                        Masked.trace(e));
            }
        }
        return List.copyOf(readable);
    }

    private static String key(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "?" : Masked.text(value.s());
    }
}
