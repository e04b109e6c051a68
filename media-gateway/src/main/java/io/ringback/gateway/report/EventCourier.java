package io.ringback.gateway.report;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.call.EventSink;
import io.ringback.gateway.journal.Journal;
import io.ringback.wire.gateway.GatewayProtocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events on one thread, as soon as they are in the journal and on the disk. What cannot be sent is left to the
 * {@link Acknowledger}, which sends again whatever is not applied after a while.
 */
public final class EventCourier implements EventSink, AutoCloseable {
    /** Events on their way at a time; more wait in the journal. */
    private static final int ROOM = 10_000;

    private static final int ATTEMPTS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(EventCourier.class);

    private final Journal journal;
    private final MediaEventQueue queue;
    private final BlockingQueue<Outgoing> outgoing = new ArrayBlockingQueue<>(ROOM);
    private final Thread thread = new Thread(this::run, "event-courier");
    private volatile boolean closing;

    /** @param queued runs when the queue has taken it */
    private record Outgoing(MediaReport report, long resend, Runnable queued) {}

    public EventCourier(Journal journal, MediaEventQueue queue) {
        this.journal = journal;
        this.queue = queue;
        thread.start();
    }

    @Override
    public void report(String serverCallId, GatewayRef gateway, Instant at, MediaEvent event, Runnable queued) {
        send(new Outgoing(journal.report(serverCallId, gateway, at, event), 0, queued));
    }

    /**
     * Sends an event that is in the journal.
     *
     * @param resend 0 for the first time; each later number gets past the queue's memory of the earlier ones
     */
    void send(MediaReport report, long resend) {
        send(new Outgoing(report, resend, () -> {}));
    }

    /** Events that wait for the queue to take them. */
    public int waiting() {
        return outgoing.size();
    }

    private void send(Outgoing event) {
        if (!outgoing.offer(event)) {
            LOG.warn(
                    "too many events wait to be sent; event {} of call {} waits in the journal",
                    event.report().number(),
                    event.report().serverCallId());
        }
    }

    /** Gives what waits two more seconds; the journal keeps the rest. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closing || !outgoing.isEmpty()) {
                Outgoing first = outgoing.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Outgoing> batch = new ArrayList<>(List.of(first));
                    outgoing.drainTo(batch, MediaEventQueue.MOST - 1);
                    take(batch);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the event courier stops");
        }
    }

    /** Whatever fails, the thread goes on: without it no event of any call would ever be sent again. */
    private void take(List<Outgoing> batch) throws InterruptedException {
        try {
            journal.force();
            sendAll(batch);
        } catch (RuntimeException e) {
            LOG.error("{} events were not sent; they wait in the journal", batch.size(), e);
        }
    }

    private void sendAll(List<Outgoing> batch) throws InterruptedException {
        List<Outgoing> rest = batch;
        for (int attempt = 1; !rest.isEmpty() && attempt <= ATTEMPTS; attempt++) {
            if (attempt > 1) {
                TimeUnit.MILLISECONDS.sleep(100L << attempt);
            }
            rest = sendOnce(rest);
        }
    }

    /** @return what has to be sent again: what was not taken, and what follows it in the same call */
    private List<Outgoing> sendOnce(List<Outgoing> batch) {
        Set<Integer> failed =
                queue.send(batch.stream().map(EventCourier::message).toList());
        IntStream.range(0, batch.size())
                .filter(i -> !failed.contains(i))
                .forEach(i -> batch.get(i).queued().run());
        Map<String, Boolean> broken = new HashMap<>();
        return IntStream.range(0, batch.size())
                .filter(i -> {
                    String call = batch.get(i).report().serverCallId();
                    if (failed.contains(i)) {
                        broken.put(call, true);
                    }
                    return broken.containsKey(call);
                })
                .mapToObj(batch::get)
                .toList();
    }

    private static MediaEventQueue.Message message(Outgoing outgoing) {
        MediaReport report = outgoing.report();
        String id = String.join(
                "-",
                report.gateway().gatewayId(),
                report.gateway().epoch(),
                report.serverCallId(),
                Long.toString(report.number()));
        String deduplication = outgoing.resend() == 0 ? id : id + "-" + outgoing.resend();
        return new MediaEventQueue.Message(report.serverCallId(), deduplication, GatewayProtocol.encode(report));
    }
}
