package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.wire.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Feeds a function from a queue, one batch at a time: what an event source mapping with partial responses does. */
record EventSource(SqsClient sqs, String queueUrl, RequestStreamHandler function) {
    /** Invokes the function with what can be received now; the answer is how many messages failed. */
    int pump() throws IOException {
        List<Message> messages = receive();
        if (messages.isEmpty()) {
            return 0;
        }
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (Message message : messages) {
            ObjectNode record = records.addObject()
                    .put("messageId", message.messageId())
                    .put("receiptHandle", message.receiptHandle())
                    .put("body", message.body())
                    .put("eventSource", "aws:sqs");
            ObjectNode attributes = record.putObject("attributes");
            message.attributesAsStrings().forEach(attributes::put);
        }
        JsonNode failures = Json.mapper()
                .readTree(Invocation.of(function, event.toString()))
                .path("batchItemFailures");
        Set<String> failed = StreamSupport.stream(failures.spliterator(), false)
                .map(failure -> failure.path("itemIdentifier").textValue())
                .collect(Collectors.toSet());
        List<DeleteMessageBatchRequestEntry> done = messages.stream()
                .filter(message -> !failed.contains(message.messageId()))
                .map(message -> DeleteMessageBatchRequestEntry.builder()
                        .id(message.messageId())
                        .receiptHandle(message.receiptHandle())
                        .build())
                .toList();
        if (!done.isEmpty()) {
            // One that the function has deleted itself is named in the answer and no failure.
            sqs.deleteMessageBatch(delete -> delete.queueUrl(queueUrl).entries(done));
        }
        return failed.size();
    }

    List<Message> receive() {
        return sqs.receiveMessage(receive -> receive.queueUrl(queueUrl)
                        .maxNumberOfMessages(10)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }
}
