package io.ringback.local.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes the bodies it gets; fails those that begin with {@code fail} the first time. */
public final class NotingFunction implements RequestStreamHandler {
    static final LinkedBlockingQueue<String> BODIES = new LinkedBlockingQueue<>();
    static final AtomicInteger AT_ONCE = new AtomicInteger();
    static final AtomicInteger MOST_AT_ONCE = new AtomicInteger();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        MOST_AT_ONCE.accumulateAndGet(AT_ONCE.incrementAndGet(), Math::max);
        ObjectNode answer = MAPPER.createObjectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        boolean blocked = false;
        for (JsonNode message : MAPPER.readTree(input).path("Records")) {
            String body = message.path("body").asText();
            boolean first =
                    message.path("attributes").path("ApproximateReceiveCount").asInt() == 1;
            blocked |= body.startsWith("fail") && first;
            if (blocked) {
                failures.addObject()
                        .put("itemIdentifier", message.path("messageId").asText());
            } else {
                BODIES.add(body);
            }
        }
        MAPPER.writeValue(output, answer);
        AT_ONCE.decrementAndGet();
    }
}
