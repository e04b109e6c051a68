package io.ringback.aws.sqs;

import io.ringback.core.port.Ids;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.log.Masked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Pokes over two FIFO queues. The message group of a media stream is its call, that of a callback stream the stream
 * itself. Each poke has a deduplication id of its own: a double costs one empty look, while FIFO would swallow an equal
 * one for five minutes, which is a lost wake-up.
 */
public final class SqsPokes implements Pokes {
    private static final Logger LOG = LoggerFactory.getLogger(SqsPokes.class);
    /** What one SendMessageBatch takes. */
    private static final int BATCH = 10;

    private final SqsClient sqs;
    private final String mediaCommandsQueue;
    private final String callbacksQueue;
    private final Ids ids;

    /**
     * Sends to these two queues.
     *
     * @param mediaCommandsQueue its URL
     * @param callbacksQueue its URL
     */
    public SqsPokes(SqsClient sqs, String mediaCommandsQueue, String callbacksQueue, Ids ids) {
        this.sqs = sqs;
        this.mediaCommandsQueue = mediaCommandsQueue;
        this.callbacksQueue = callbacksQueue;
        this.ids = ids;
    }

    @Override
    public void poke(Collection<StreamRef> streams) {
        List<StreamRef> media = new ArrayList<>();
        List<StreamRef> callbacks = new ArrayList<>();
        for (StreamRef stream : streams) {
            (stream.target().isCallback() ? callbacks : media).add(stream);
        }
        send(mediaCommandsQueue, media);
        send(callbacksQueue, callbacks);
    }

    private void send(String queue, List<StreamRef> streams) {
        for (int from = 0; from < streams.size(); from += BATCH) {
            sendBatch(queue, streams.subList(from, Math.min(from + BATCH, streams.size())));
        }
    }

    private void sendBatch(String queue, List<StreamRef> streams) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            entries.add(entry(Integer.toString(i), streams.get(i)));
        }
        try {
            SendMessageBatchResponse response =
                    sqs.sendMessageBatch(batch -> batch.queueUrl(queue).entries(entries));
            for (BatchResultErrorEntry failed : response.failed()) {
                StreamRef stream = streams.get(Integer.parseInt(failed.id()));
                LOG.warn(
                        "poke not sent, serverCallId={} target={}: {} {}",
                        stream.serverCallId(),
                        stream.target().key(),
                        failed.code(),
                        Masked.text(String.valueOf(failed.message())));
            }
        } catch (SdkException e) {
            LOG.warn(
                    "{} pokes not sent, first serverCallId={}: {}",
                    streams.size(),
                    streams.get(0).serverCallId(),
                    Masked.trace(e));
        }
    }

    private SendMessageBatchRequestEntry entry(String id, StreamRef stream) {
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageGroupId(group(stream))
                .messageDeduplicationId(ids.newId())
                .messageBody(Poke.encode(stream))
                .build();
    }

    private static String group(StreamRef stream) {
        return stream.target().isCallback()
                ? stream.serverCallId() + "-" + stream.target().key()
                : stream.serverCallId();
    }
}
