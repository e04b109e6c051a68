package io.ringback.local.template;

import java.util.Map;

/**
 * A queue.
 *
 * @param attributes by their names in the SQS API; what holds no text is JSON
 */
public record Queue(String logicalId, String name, String arn, Map<String, String> attributes) {
    public Queue {
        attributes = Map.copyOf(attributes);
    }
}
