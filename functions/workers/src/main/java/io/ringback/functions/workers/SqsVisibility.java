package io.ringback.functions.workers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;

/** The visibility of the messages of one queue. */
final class SqsVisibility implements Visibility {
    private static final Logger LOG = LoggerFactory.getLogger(SqsVisibility.class);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final SqsClient sqs;
    private final String queueUrl;

    SqsVisibility(SqsClient sqs, String queueUrl) {
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
            ChangeMessageVisibilityBatchResponse response = sqs.changeMessageVisibilityBatch(
                    request -> request.queueUrl(queueUrl).entries(entries));
            response.failed()
                    .forEach(failed -> LOG.warn(
                            "A message comes back later than planned: {} {}", failed.code(), failed.message()));
        } catch (SdkException e) {
            LOG.warn("{} messages come back later than planned", entries.size(), e);
        }
    }

    private static int wholeSeconds(Duration time) {
        Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        return Math.toIntExact(Math.max(0, bounded.plusNanos(999_999_999).toSeconds()));
    }
}
