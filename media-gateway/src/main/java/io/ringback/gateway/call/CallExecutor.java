package io.ringback.gateway.call;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of one call in order, one at a time, on the threads of a pool. Orders and ends are always taken, since
 * each is owed a result; what the network can cause any number of times is taken while there is room.
 */
final class CallExecutor implements Executor {
    /** Tasks that may wait before those caused by the network are refused. */
    static final int ROOM = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(CallExecutor.class);

    private final String serverCallId;
    private final Executor pool;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    CallExecutor(String serverCallId, Executor pool) {
        this.serverCallId = serverCallId;
        this.pool = pool;
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

    /** @return false when the task was dropped because too many wait */
    boolean offer(Runnable task) {
        synchronized (waiting) {
            if (waiting.size() >= ROOM) {
                return false;
            }
        }
        execute(task);
        return true;
    }

    private void handOver() {
        try {
            pool.execute(this::runOne);
        } catch (RejectedExecutionException e) {
            LOG.debug("call {}: not run after the end of the gateway", serverCallId, e);
        }
    }

    /** One task per turn, so that a busy call does not starve the others. */
    private void runOne() {
        Runnable task;
        synchronized (waiting) {
            task = waiting.remove();
        }
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("call {}: a task failed", serverCallId, e);
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
