package io.ringback.gateway.sip;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks later, each on its leg's executor; the timer thread itself only hands over. */
final class Timers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor scheduler;

    Timers() {
        scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sip-timers");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task on the executor after the delay, unless cancelled. */
    Timer after(Duration delay, Executor on, Runnable task) {
        try {
            ScheduledFuture<?> set =
                    scheduler.schedule(() -> on.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> set.cancel(false);
        } catch (RejectedExecutionException e) {
            // The endpoint is closed; nothing is due any more.
            return () -> {};
        }
    }

    /** One that is set; cancelling it late changes nothing. */
    interface Timer {
        void cancel();
    }

    /** How many are set. */
    long pending() {
        return scheduler.getQueue().size();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
