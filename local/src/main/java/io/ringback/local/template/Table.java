package io.ringback.local.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A DynamoDB table.
 *
 * @param attributeTypes of all key attributes: {@code S} or {@code N}
 */
public record Table(
        String logicalId, String name, String arn, Map<String, String> attributeTypes, Key key, List<Index> indexes) {
    public Table {
        attributeTypes = Map.copyOf(attributeTypes);
        indexes = List.copyOf(indexes);
    }

    /** Partition and sort attribute. */
    public record Key(String partition, @Nullable String sort) {}

    /**
     * A global secondary index.
     *
     * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
     * @param included attributes of an {@code INCLUDE}
     */
    public record Index(String name, Key key, String projection, List<String> included) {
        public Index {
            included = List.copyOf(included);
        }
    }
}
