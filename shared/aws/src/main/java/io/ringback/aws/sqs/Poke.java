package io.ringback.aws.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ringback.core.decision.Target;
import io.ringback.core.port.StreamRef;

/** The body of a poke: <code>{"serverCallId": …, "target": …}</code>. It names a stream and says nothing else. */
public final class Poke {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Poke() {}

    public static String encode(StreamRef stream) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("serverCallId", stream.serverCallId())
                .put("target", stream.target().key())
                .toString();
    }

    /** @throws IllegalArgumentException with a message for people when this is not a poke */
    public static StreamRef decode(String body) {
        JsonNode poke;
        try {
            poke = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a poke is JSON: " + e.getOriginalMessage(), e);
        }
        return new StreamRef(text(poke, "serverCallId"), new Target(text(poke, "target")));
    }

    private static String text(JsonNode poke, String member) {
        JsonNode value = poke.path(member);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new IllegalArgumentException("a poke has a " + member);
        }
        return value.textValue();
    }
}
