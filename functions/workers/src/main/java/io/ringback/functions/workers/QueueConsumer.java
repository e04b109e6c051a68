package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes a batch of a FIFO queue: each group gets one turn, the groups side by side, because a slow receiver of one
 * is no business of the others. A group that has to wait is handed back whole, every entry with the same visibility:
 * an entry that stayed invisible for longer would hold up the group behind it.
 */
final class QueueConsumer<K, T> {
    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);

    /** From so many receives on a waiting message is replaced, well before it would count as a dead letter (30). */
    private static final int RENEW_FROM_RECEIVES = 20;

    private static final Duration UNREADABLE = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE_AT_MOST = Duration.ofMinutes(5);
    private static final int BATCH = 10;

    private final Work<K, T> work;
    private final Visibility visibility;
    private final ExecutorService turns = Executors.newFixedThreadPool(BATCH, QueueConsumer::daemon);

    QueueConsumer(Work<K, T> work, Visibility visibility) {
        this.work = work;
        this.visibility = visibility;
    }

    /** Consumes the batch; the answer names the messages that have to come again. */
    SQSBatchResponse consume(SQSEvent event, Deadline deadline) throws InterruptedException {
        List<String> failed = new ArrayList<>();
        Map<K, List<Entry<T>>> groups = new LinkedHashMap<>();
        for (SQSMessage message : event.getRecords()) {
            try {
                T content = work.read(message.getBody());
                groups.computeIfAbsent(work.groupOf(content), group -> new ArrayList<>())
                        .add(Entry.of(message, content));
            } catch (IllegalArgumentException e) {
                LOG.error("Message {} cannot be read: {}", message.getMessageId(), e.getMessage());
                visibility.hide(List.of(message.getReceiptHandle()), UNREADABLE);
                failed.add(message.getMessageId());
            }
        }
        List<Running<K, T>> running = new ArrayList<>();
        groups.forEach((group, entries) -> running.add(
                new Running<>(group, entries, turns.submit(() -> work.take(group, contents(entries), deadline)))));
        for (Running<K, T> turn : running) {
            if (!settle(turn)) {
                turn.entries().forEach(entry -> failed.add(entry.messageId()));
            }
        }
        return new SQSBatchResponse(
                failed.stream().map(SQSBatchResponse.BatchItemFailure::new).toList());
    }

    /** Whether the group's messages can go. */
    private boolean settle(Running<K, T> running) throws InterruptedException {
        try {
            return settle(running.group(), running.entries(), running.turn().get());
        } catch (ExecutionException e) {
            int receives = receives(running.entries());
            LOG.error("The turn of {} failed at receive {}", running.group(), receives, e.getCause());
            hide(running.entries(), afterFailure(receives));
            return false;
        }
    }

    private boolean settle(K group, List<Entry<T>> entries, Turn turn) {
        if (turn instanceof Turn.Wait wait) {
            if (receives(entries) >= RENEW_FROM_RECEIVES && work.renew(group)) {
                return true;
            }
            hide(entries, wait.time());
            return false;
        }
        if (turn instanceof Turn.LookAgain again) {
            hide(entries, again.time());
            return false;
        }
        if (turn instanceof Turn.GoOn && !work.renew(group)) {
            hide(entries, Duration.ZERO);
            return false;
        }
        return true;
    }

    private void hide(List<Entry<T>> entries, Duration time) {
        visibility.hide(entries.stream().map(Entry::receiptHandle).toList(), time);
    }

    private static <T> int receives(List<Entry<T>> entries) {
        return entries.stream().mapToInt(Entry::receives).max().orElse(1);
    }

    /** Longer each time, so that an hour without storage makes no dead letters. */
    private static Duration afterFailure(int receives) {
        Duration longer = AFTER_FAILURE.multipliedBy(receives);
        return longer.compareTo(AFTER_FAILURE_AT_MOST) > 0 ? AFTER_FAILURE_AT_MOST : longer;
    }

    private static <T> List<T> contents(List<Entry<T>> entries) {
        return entries.stream().map(Entry::content).toList();
    }

    private static Thread daemon(Runnable turn) {
        Thread thread = new Thread(turn, "turn");
        thread.setDaemon(true);
        return thread;
    }

    private record Running<K, T>(K group, List<Entry<T>> entries, Future<Turn> turn) {}
}
