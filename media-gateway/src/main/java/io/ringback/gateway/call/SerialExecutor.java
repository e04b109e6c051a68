package io.ringback.gateway.call;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in order, one at a time, on the threads of a pool. Orders are always taken, since whoever gives them waits
 * for an answer; what the network causes is taken while there is room.
 */
final class SerialExecutor implements Executor {
    /** Tasks that may wait before those caused by the network are refused. */
    static final int ROOM = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor pool;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    SerialExecutor(Executor pool) {
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
        pool.execute(this::runOne);
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

    /** One task per turn, so that a busy call does not starve the others. */
    private void runOne() {
        Runnable task;
        synchronized (waiting) {
            task = waiting.remove();
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task of a call failed", e);
        } finally {
            boolean more;
            synchronized (waiting) {
                more = !waiting.isEmpty();
                running = more;
            }
            if (more) {
                pool.execute(this::runOne);
            }
        }
    }
}
