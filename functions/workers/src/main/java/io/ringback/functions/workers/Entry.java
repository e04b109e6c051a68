package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.Map;

/**
 * A message of the batch that could be read.
 *
 * @param receives how often the message was received, this time included
 */
record Entry<T>(String messageId, String receiptHandle, int receives, T content) {
    private static final String RECEIVE_COUNT = "ApproximateReceiveCount";

    static <T> Entry<T> of(SQSMessage message, T content) {
        Map<String, String> attributes = message.getAttributes() == null ? Map.of() : message.getAttributes();
        return new Entry<>(
                message.getMessageId(),
                message.getReceiptHandle(),
                Integer.parseInt(attributes.getOrDefault(RECEIVE_COUNT, "1")),
                content);
    }
}
