package io.ringback.gateway.report;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** {@code media-events.fifo}. */
public final class SqsMediaEventQueue implements MediaEventQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SqsMediaEventQueue.class);

    private final SqsClient sqs;
    private final String queueUrl;

    public SqsMediaEventQueue(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public Set<Integer> send(List<Message> messages) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, messages.size())
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageGroupId(messages.get(i).group())
                        .messageDeduplicationId(messages.get(i).deduplicationId())
                        .messageBody(messages.get(i).body())
                        .build())
                .toList();
        try {
            SendMessageBatchResponse response =
                    sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
            return response.failed().stream()
                    .map(failure -> Integer.valueOf(failure.id()))
                    .collect(Collectors.toSet());
        } catch (SdkException e) {
            LOG.warn("media events could not be sent", e);
            return IntStream.range(0, messages.size()).boxed().collect(Collectors.toSet());
        }
    }
}
