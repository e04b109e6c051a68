package io.ringback.gateway.task;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of one leg or one call in order, one at a time, on a shared pool. After each task it goes to the back of
 * the pool's queue, so that a busy one does not hold up the others. What is owed a result or ends something is always
 * taken; what the far side can cause any number of times is taken while there is room: a peer that floods loses its own
 * messages. What a task throws is logged and counted, and kills nothing.
 */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final String name;
    private final int room;
    private final Executor pool;
    private final Gauges gauges;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /**
     * @param name whose tasks these are, for the log
     * @param room tasks that may wait before what is offered is dropped
     * @param gauges counts {@code droppedTasks} and {@code failedTasks}
     */
    public SerialExecutor(String name, int room, Executor pool, Gauges gauges) {
        this.name = name;
        this.room = room;
        this.pool = pool;
        this.gauges = gauges;
    }

    /** Takes what the far side can cause any number of times, while there is room. */
    public void offer(Runnable task) {
        synchronized (waiting) {
            if (waiting.size() >= room) {
                gauges.count("droppedTasks");
                return;
            }
        }
        execute(task);
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        handOver();
    }

    private void handOver() {
        try {
            pool.execute(this::runOne);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: not run after the end of the gateway", name, e);
        }
    }

    private void runOne() {
        Runnable task;
        synchronized (waiting) {
            task = waiting.remove();
        }
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            gauges.count("failedTasks");
            LOG.error("{}: a task failed", name, e);
        }
        synchronized (waiting) {
            running = !waiting.isEmpty();
            if (!running) {
                return;
            }
        }
        handOver();
    }
}
