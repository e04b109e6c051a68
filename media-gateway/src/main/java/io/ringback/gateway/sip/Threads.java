package io.ringback.gateway.sip;

import io.ringback.gateway.task.Gauges;
import io.ringback.gateway.task.SerialExecutor;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads behind the stack's own: those of the legs never wait, those that look things up may. */
final class Threads implements AutoCloseable {
    /** Legs spend their time waiting; these threads run their short tasks. */
    private static final int LEGS = 8;

    /** More than any sane dialog has under way at once. */
    static final int WAITING_TASKS = 256;

    private static final int LOOK_UPS = 8;

    /** More than this many that wait for a store mean that the store is away. */
    private static final int WAITING_LOOK_UPS = 128;

    private final Gauges gauges;
    private final ThreadPoolExecutor legs = pool("sip-legs", LEGS, new LinkedBlockingQueue<>());
    private final ThreadPoolExecutor lookUps =
            pool("sip-lookups", LOOK_UPS, new LinkedBlockingQueue<>(WAITING_LOOK_UPS));

    Threads(Gauges gauges) {
        this.gauges = gauges;
    }

    private static ThreadPoolExecutor pool(String name, int size, BlockingQueue<Runnable> queue) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, queue, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** One after the other, for one leg. */
    SerialExecutor executor(String legId) {
        return new SerialExecutor("leg " + legId, WAITING_TASKS, legs, gauges);
    }

    /** For what may wait; refuses what is too much. */
    Executor lookUps() {
        return lookUps;
    }

    @Override
    public void close() {
        lookUps.shutdownNow();
        legs.shutdown();
        try {
            if (!legs.awaitTermination(2, TimeUnit.SECONDS)) {
                legs.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
