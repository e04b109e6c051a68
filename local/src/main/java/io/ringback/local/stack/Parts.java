package io.ringback.local.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a stack consists of; stopped in the reverse order of the start, whatever fails. */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Threads for invocations and requests, as many as are needed. */
    ExecutorService threads() {
        ExecutorService threads = Executors.newCachedThreadPool(daemons("stack"));
        add(threads::shutdownNow);
        return threads;
    }

    /** For schedules; two, because one invocation may take its time. */
    ScheduledExecutorService timer() {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, daemons("schedule"));
        add(timer::shutdownNow);
        return timer;
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
