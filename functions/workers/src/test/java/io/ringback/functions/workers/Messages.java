package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Batches as a queue hands them out. */
final class Messages {
    private Messages() {}

    /** Messages m0, m1, …, received for the first time; their receipt handles are r0, r1, …. */
    static SQSEvent batch(List<String> bodies) {
        return batch(bodies, 1);
    }

    static SQSEvent batch(List<String> bodies, int receives) {
        List<SQSMessage> messages = new ArrayList<>();
        for (String body : bodies) {
            SQSMessage message = new SQSMessage();
            message.setMessageId("m" + messages.size());
            message.setReceiptHandle("r" + messages.size());
            message.setBody(body);
            message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(receives)));
            messages.add(message);
        }
        SQSEvent event = new SQSEvent();
        event.setRecords(messages);
        return event;
    }

    static List<String> failures(SQSBatchResponse response) {
        return response.getBatchItemFailures().stream()
                .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                .toList();
    }
}
