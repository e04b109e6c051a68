package io.ringback.local.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.local.template.QueueSource;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;

/** Messages of a queue as the event of one invocation, and what its answer says about them. */
final class SqsBatch {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final QueueSource source;
    private final String region;
    private final List<Message> messages;

    SqsBatch(QueueSource source, String region, List<Message> messages) {
        this.source = source;
        this.region = region;
        this.messages = List.copyOf(messages);
    }

    List<Message> messages() {
        return messages;
    }

    /** UTF-8 JSON. */
    byte[] event() {
        ObjectNode event = MAPPER.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (Message message : messages) {
            ObjectNode entry = records.addObject();
            entry.put("messageId", message.messageId());
            entry.put("receiptHandle", message.receiptHandle());
            entry.put("body", message.body());
            ObjectNode attributes = entry.putObject("attributes");
            message.attributesAsStrings().forEach(attributes::put);
            entry.putObject("messageAttributes");
            entry.put("md5OfBody", message.md5OfBody());
            entry.put("eventSource", "aws:sqs");
            entry.put("eventSourceARN", source.queueArn());
            entry.put("awsRegion", region);
        }
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The messages that are done with. An answer that names an unknown message, or is none, fails the whole batch, as
     * the cloud does it.
     */
    List<Message> succeeded(String answer) {
        if (!source.partialBatchResponses()) {
            return messages;
        }
        Set<String> failed = new HashSet<>();
        try {
            JsonNode failures = MAPPER.readTree(answer).path("batchItemFailures");
            failures.forEach(
                    failure -> failed.add(failure.path("itemIdentifier").asText()));
        } catch (JsonProcessingException noJson) {
            return List.of();
        }
        Set<String> known = new HashSet<>();
        messages.forEach(message -> known.add(message.messageId()));
        return known.containsAll(failed)
                ? messages.stream()
                        .filter(message -> !failed.contains(message.messageId()))
                        .toList()
                : List.of();
    }
}
