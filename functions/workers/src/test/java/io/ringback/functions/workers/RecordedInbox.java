package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Remembers which messages were hidden, and for how long, and which were deleted. */
final class RecordedInbox implements Inbox {
    private static final int BATCH = 10;

    private final List<Hidden> hidden = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private final List<SQSMessage> waiting = new ArrayList<>();
    private volatile Consumer<List<String>> afterDelete = deleted -> {};
    private int offered;

    record Hidden(List<String> receiptHandles, Duration time) {}

    /** Messages that wait in the queue; their receipt handles are more-0, more-1, …. */
    synchronized void offer(String... bodies) {
        for (SQSMessage message : Messages.batch(List.of(bodies)).getRecords()) {
            message.setReceiptHandle("more-" + offered++);
            waiting.add(message);
        }
    }

    @Override
    public synchronized List<SQSMessage> receive(Duration stay) {
        List<SQSMessage> batch = waiting.subList(0, Math.min(BATCH, waiting.size()));
        List<SQSMessage> received = List.copyOf(batch);
        batch.clear();
        return received;
    }

    @Override
    public synchronized void hide(List<String> receiptHandles, Duration time) {
        hidden.add(new Hidden(List.copyOf(receiptHandles), time));
    }

    @Override
    public void delete(List<String> receiptHandles) {
        synchronized (this) {
            deleted.addAll(receiptHandles);
        }
        afterDelete.accept(receiptHandles);
    }

    /** Something that happens between a deletion and its answer. */
    void afterDelete(Consumer<List<String>> happens) {
        afterDelete = happens;
    }

    synchronized List<Hidden> hidden() {
        return List.copyOf(hidden);
    }

    synchronized List<String> deleted() {
        return List.copyOf(deleted);
    }

    /** How many messages wait in the queue. */
    synchronized int waiting() {
        return waiting.size();
    }
}
