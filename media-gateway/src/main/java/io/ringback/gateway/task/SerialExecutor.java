package io.ringback.gateway.sip;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of one leg one after the other on a shared pool. After each task the leg goes to the back of the
 * pool's queue, so that a busy leg does not hold up the others. Orders, timers and final answers are always taken; what
 * the far side can send any number of is taken while there is room: a peer that floods one dialog loses its own messages.
 * What a task throws is logged and kills nothing.
 */
final class SerialExecutor implements Executor {
    /** More than any sane dialog has under way at once. */
    static final int MAX_WAITING = 256;

    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

    private final String legId;
    private final Executor pool;
    private final Gauges gauges;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    SerialExecutor(String legId, Executor pool, Gauges gauges) {
        this.legId = legId;
        this.pool = pool;
        this.gauges = gauges;
    }

    /** Takes what the far side can cause any number of times, while there is room. */
    void offer(Runnable task) {
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING) {
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
            // The endpoint is closed; nobody is left to be told.
            log.debug("leg {}: not run after close", legId, e);
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
            log.error("leg {}: a task failed", legId, e);
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
