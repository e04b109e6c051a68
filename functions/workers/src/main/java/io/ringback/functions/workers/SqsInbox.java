package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.ringback.wire.log.Masked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** One queue of SQS. */
final class SqsInbox implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(SqsInbox.class);
    private static final Duration LONGEST = Duration.ofHours(12);

    /** What one request takes. */
    private static final int BATCH = 10;

    private final SqsClient sqs;
    private final String queueUrl;

    SqsInbox(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void hide(List<String> receiptHandles, Duration time) {
        int seconds = wholeSeconds(time);
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (String receiptHandle : receiptHandles) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(receiptHandle)
                    .visibilityTimeout(seconds)
                    .build());
        }
        try {
            log(
                    "A message comes back later than planned",
                    sqs.changeMessageVisibilityBatch(
                                    request -> request.queueUrl(queueUrl).entries(entries))
                            .failed());
        } catch (SdkException e) {
            LOG.warn("{} messages come back later than planned: {}", entries.size(), Masked.trace(e));
        }
    }

    @Override
    public List<SQSMessage> receive(Duration stay) {
        try {
            return sqs
                    .receiveMessage(request -> request.queueUrl(queueUrl)
                            .maxNumberOfMessages(BATCH)
                            .waitTimeSeconds(wholeSeconds(stay))
                            .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                    .messages()
                    .stream()
                    .map(SqsInbox::message)
                    .toList();
        } catch (SdkException e) {
            LOG.warn("No further messages could be received: {}", Masked.trace(e));
            return List.of();
        }
    }

    @Override
    public void delete(List<String> receiptHandles) {
        for (int from = 0; from < receiptHandles.size(); from += BATCH) {
            deleteBatch(receiptHandles.subList(from, Math.min(from + BATCH, receiptHandles.size())));
        }
    }

    private void deleteBatch(List<String> receiptHandles) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String receiptHandle : receiptHandles) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(receiptHandle)
                    .build());
        }
        try {
            log(
                    "A message that is done with was not deleted",
                    sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                            .failed());
        } catch (SdkException e) {
            LOG.warn("{} messages that are done with were not deleted: {}", entries.size(), Masked.trace(e));
        }
    }

    private static SQSMessage message(Message received) {
        SQSMessage message = new SQSMessage();
        message.setMessageId(received.messageId());
        message.setReceiptHandle(received.receiptHandle());
        message.setBody(received.body());
        message.setAttributes(received.attributesAsStrings());
        return message;
    }

    private static void log(String what, List<BatchResultErrorEntry> failures) {
        failures.forEach(
                failed -> LOG.warn("{}: {} {}", what, failed.code(), Masked.text(String.valueOf(failed.message()))));
    }

    private static int wholeSeconds(Duration time) {
        Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        return Math.toIntExact(Math.max(0, bounded.plusNanos(999_999_999).toSeconds()));
    }
}
