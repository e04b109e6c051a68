package io.ringback.local.trigger;

import io.ringback.local.runtime.FunctionRuntime;
import io.ringback.local.runtime.InvocationResult.Returned;
import io.ringback.local.template.QueueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Feeds a queue's messages to a function, in batches, several at once. What the function does not report as failed is
 * deleted; the rest comes again when its visibility time-out is over. The queue itself gives out no message of a group
 * of which another is out, so there is one invocation for a message group at a time.
 */
public final class QueuePoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueuePoller.class);

    /** How long a request waits for a message, in seconds; also how long the end of the stack may have to wait. */
    private static final int WAIT_SECONDS = 2;

    private final QueueSource source;
    private final String queueUrl;
    private final String region;
    private final FunctionRuntime function;
    private final Handover handover;
    private final SqsClient sqs;
    private final ExecutorService threads;
    private final Semaphore free;
    private final Thread receiver;
    private volatile boolean stopped;

    /** @param threads run the invocations */
    public QueuePoller(
            QueueSource source,
            String queueUrl,
            String region,
            FunctionRuntime function,
            Handover handover,
            SqsClient sqs,
            ExecutorService threads) {
        this.source = source;
        this.queueUrl = queueUrl;
        this.region = region;
        this.function = function;
        this.handover = handover;
        this.sqs = sqs;
        this.threads = threads;
        this.free = new Semaphore(source.maximumConcurrency());
        this.receiver = new Thread(this::poll, "poll-" + source.queueName());
        receiver.setDaemon(true);
    }

    public void start() {
        receiver.start();
    }

    /** Receives no more; the request that is open goes on to its end. */
    public void stop() {
        stopped = true;
        receiver.interrupt();
    }

    /**
     * Stops receiving; invocations that run go on to their end. Waits for the request that is open: else the queue
     * service would, when it is stopped.
     */
    @Override
    public void close() {
        stop();
        try {
            receiver.join(TimeUnit.SECONDS.toMillis(2 * WAIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll() {
        try {
            while (!stopped) {
                free.acquire();
                receive();
            }
        } catch (InterruptedException closed) {
            LOG.debug("{} is no longer polled", source.queueName());
        }
    }

    private void receive() throws InterruptedException {
        try {
            List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(queueUrl)
                            .maxNumberOfMessages(source.batchSize())
                            .waitTimeSeconds(WAIT_SECONDS)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
            if (messages.isEmpty()) {
                free.release();
            } else {
                threads.execute(() -> process(messages));
            }
        } catch (SdkException e) {
            free.release();
            if (stopped) {
                // How a request ends whose thread is interrupted differs with where it was; none of it says anything.
                LOG.debug("The last request to {} was broken off", source.queueName(), e);
                return;
            }
            LOG.warn("{} was not polled; once more in a second", source.queueName(), e);
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void process(List<Message> messages) {
        try {
            handover.handOver(source.queueName(), messages, this::invoke);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    private void invoke(List<Message> messages) {
        SqsBatch batch = new SqsBatch(source, region, messages);
        try {
            if (function.invoke(batch.event()) instanceof Returned returned) {
                delete(batch.succeeded(returned.payload()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SdkException e) {
            LOG.warn("Messages of {} that are done with were not deleted and will come again", source.queueName(), e);
        }
    }

    private void delete(List<Message> messages) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (Message message : messages) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .receiptHandle(message.receiptHandle())
                    .build());
        }
        if (!entries.isEmpty()) {
            sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
        }
    }
}
