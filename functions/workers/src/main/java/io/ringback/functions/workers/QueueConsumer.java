package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.ringback.wire.log.Masked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes a batch of a FIFO queue: each group gets one turn, the groups side by side, because a slow receiver of one
 * is no business of the others. A group that has to wait is handed back as soon as that is known, whole, every entry
 * with the same visibility: an entry that stayed invisible for longer would hold up the group behind it.
 *
 * <p>An invocation lasts as long as its slowest turn, and of a queue only so many run at a time. One that has an
 * {@link Inbox} therefore makes use of the time ({@link Meanwhile}).
 */
final class QueueConsumer<K, T> {
    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);

    /** From so many receives on a waiting message is replaced, well before it would count as a dead letter (30). */
    private static final int RENEW_FROM_RECEIVES = 15;

    private static final Duration UNREADABLE = Duration.ofSeconds(1);
    private static final Duration AFTER_THE_TURN = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE_AT_MOST = Duration.ofMinutes(5);

    private final Work<K, T> work;
    private final Visibility visibility;
    private final @Nullable Inbox inbox;
    private final ExecutorService turns = Executors.newCachedThreadPool(QueueConsumer::daemon);

    /** A consumer that takes what it is given. */
    QueueConsumer(Work<K, T> work, Visibility visibility) {
        this(work, visibility, null);
    }

    /** A consumer that takes more from its queue while it is kept waiting. */
    static <K, T> QueueConsumer<K, T> takingMore(Work<K, T> work, Inbox inbox) {
        return new QueueConsumer<>(work, inbox, inbox);
    }

    private QueueConsumer(Work<K, T> work, Visibility visibility, @Nullable Inbox inbox) {
        this.work = work;
        this.visibility = visibility;
        this.inbox = inbox;
    }

    /** Consumes the batch; the answer names the messages that have to come again. */
    SQSBatchResponse consume(SQSEvent event, Deadline deadline) throws InterruptedException {
        Turns<K, Ended> running = new Turns<>(turns);
        List<String> failed = new ArrayList<>();
        groups(event.getRecords(), failed)
                .forEach((group, entries) -> running.begin(
                        group,
                        () -> settle(group, entries, deadline),
                        done -> done
                                ? new Ended.Settled(receiptHandles(entries), List.of())
                                : new Ended.Settled(List.of(), messageIds(entries))));
        Meanwhile meanwhile = new Meanwhile(inbox, deadline);
        while (running.left() > 0) {
            Ended ended = running.next(meanwhile.patience()).orElse(Ended.Settled.NONE);
            if (ended instanceof Ended.Settled settled) {
                meanwhile.done(settled.done());
                failed.addAll(settled.failed());
            } else if (ended instanceof Ended.Looked looked) {
                meanwhile.looked(!looked.received().isEmpty());
                takeMore(looked.received(), running, deadline);
            }
            meanwhile.letGo();
            meanwhile.look(running.left()).ifPresent(look -> running.beside(() -> new Ended.Looked(look.call())));
        }
        return new SQSBatchResponse(
                failed.stream().map(SQSBatchResponse.BatchItemFailure::new).toList());
    }

    /**
     * Takes turns at messages that Lambda knows nothing of: who is done with them deletes them here. The queue gives out
     * none of a group of which another is out, unless that one has been out for too long: then they have to wait.
     */
    private void takeMore(List<SQSMessage> messages, Turns<K, Ended> running, Deadline deadline) {
        groups(messages, new ArrayList<>()).forEach((group, entries) -> {
            if (running.isAtWork(group)) {
                visibility.hide(receiptHandles(entries), AFTER_THE_TURN);
            } else {
                running.begin(
                        group,
                        () -> settle(group, entries, deadline),
                        // The queue then gives out the group's next messages, perhaps to this very invocation.
                        done -> done ? deleted(entries) : Ended.Settled.NONE);
            }
        });
    }

    private Ended deleted(List<Entry<T>> entries) {
        Objects.requireNonNull(inbox).delete(receiptHandles(entries));
        return Ended.Settled.NONE;
    }

    private Map<K, List<Entry<T>>> groups(List<SQSMessage> messages, List<String> failed) {
        Map<K, List<Entry<T>>> groups = new LinkedHashMap<>();
        for (SQSMessage message : messages) {
            try {
                T content = work.read(message.getBody());
                groups.computeIfAbsent(work.groupOf(content), group -> new ArrayList<>())
                        .add(Entry.of(message, content));
            } catch (IllegalArgumentException e) {
                LOG.error(
                        "Message {} cannot be read: {}",
                        message.getMessageId(),
                        Masked.text(String.valueOf(e.getMessage())));
                visibility.hide(List.of(message.getReceiptHandle()), UNREADABLE);
                failed.add(message.getMessageId());
            }
        }
        return groups;
    }

    /** Gives the group its turn and hands it back if it has to come again; whether its messages can go. */
    private boolean settle(K group, List<Entry<T>> entries, Deadline deadline) {
        int receives = entries.stream().mapToInt(Entry::receives).max().orElse(1);
        try {
            Turn turn = work.take(group, entries.stream().map(Entry::content).toList(), deadline);
            return settle(group, entries, receives, turn);
        } catch (RuntimeException e) {
            LOG.error("The turn of {} failed at receive {}: {}", group, receives, Masked.trace(e));
            visibility.hide(receiptHandles(entries), afterFailure(receives));
            return false;
        }
    }

    private boolean settle(K group, List<Entry<T>> entries, int receives, Turn turn) {
        if (turn instanceof Turn.Wait wait) {
            if (receives >= RENEW_FROM_RECEIVES && work.renew(group)) {
                return true;
            }
            visibility.hide(receiptHandles(entries), wait.time());
            return false;
        }
        if (turn instanceof Turn.LookAgain again) {
            visibility.hide(receiptHandles(entries), again.time());
            return false;
        }
        if (turn instanceof Turn.GoOn && !work.renew(group)) {
            visibility.hide(receiptHandles(entries), Duration.ZERO);
            return false;
        }
        return true;
    }

    /** Twice as long each time, so that an hour without storage makes no dead letters. */
    private static Duration afterFailure(int receives) {
        return shorter(AFTER_FAILURE.multipliedBy(1L << Math.min(receives - 1, 10)), AFTER_FAILURE_AT_MOST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static <T> List<String> receiptHandles(List<Entry<T>> entries) {
        return entries.stream().map(Entry::receiptHandle).toList();
    }

    private static <T> List<String> messageIds(List<Entry<T>> entries) {
        return entries.stream().map(Entry::messageId).toList();
    }

    private static Thread daemon(Runnable turn) {
        Thread thread = new Thread(turn, "turn");
        thread.setDaemon(true);
        return thread;
    }

    /** What an invocation waits for. */
    private sealed interface Ended {
        /**
         * The turn of a group.
         *
         * @param done receipt handles of what can be deleted
         * @param failed ids of the messages that have to come again
         */
        record Settled(List<String> done, List<String> failed) implements Ended {
            /** Of messages that the function received itself nothing is left to be said. */
            static final Settled NONE = new Settled(List.of(), List.of());
        }

        /** A look for more to do. */
        record Looked(List<SQSMessage> received) implements Ended {}
    }
}
