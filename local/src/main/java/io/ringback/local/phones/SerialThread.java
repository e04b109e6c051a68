package io.ringback.local.phones;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that owns some state: tasks run one after the other, and what one of them throws is logged. */
final class SerialThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialThread.class);

    private final ScheduledExecutorService executor;

    SerialThread(String name) {
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void run(Runnable task) {
        executor.execute(guarded(task));
    }

    /** Runs it once, later; the future can call it off. */
    Future<?> after(Duration delay, Runnable task) {
        return executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs it again and again by absolute deadlines: a late run does not delay those that follow. */
    Future<?> each(Duration period, Runnable task) {
        return executor.scheduleAtFixedRate(guarded(task), 0, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("A simulated phone stumbled", e);
            }
        };
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
