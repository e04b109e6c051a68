package io.ringback.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An event as it arrived.
 *
 * @param at when
 * @param path to which it was sent, with its query
 * @param cloudEvent the whole of it
 */
public record ReceivedEvent(Instant at, String path, JsonNode cloudEvent) {
    private static final String PREFIX = "Microsoft.Communication.";

    /** The type without its common prefix. */
    public String type() {
        String type = cloudEvent.path("type").asText();
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
    }

    public JsonNode data() {
        return cloudEvent.path("data");
    }

    /** Its number within its delivery stream. */
    public long sequence() {
        return Long.parseLong(cloudEvent.path("sequence").asText());
    }
}
