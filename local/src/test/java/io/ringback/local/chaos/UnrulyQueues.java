package io.ringback.local.chaos;

import io.ringback.local.trigger.Handover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Queues that keep the order of a group and nothing else: messages come late, in invocations of their own, groups in any
 * order, and again after they were done with, beside younger ones of their group.
 */
final class UnrulyQueues implements Handover, AutoCloseable {
    private static final double LATE = 0.10;
    private static final double TORN = 0.20;
    private static final double DOUBLED = 0.08;
    private static final Duration LATEST = Duration.ofSeconds(3);

    private final Storm storm;
    private final Random random;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger faults = new AtomicInteger();

    UnrulyQueues(Storm storm, Random random) {
        this.storm = storm;
        this.random = random;
    }

    @Override
    public void handOver(String queue, List<Message> messages, Consumer<List<Message>> function)
            throws InterruptedException {
        for (List<Message> part : happens(TORN) ? byGroup(messages) : List.of(messages)) {
            late();
            function.accept(part);
            if (happens(DOUBLED)) {
                late();
                function.accept(part);
            }
        }
    }

    int faults() {
        return faults.get();
    }

    /** Lets everything go that is held back. */
    @Override
    public void close() {
        closing.countDown();
    }

    /** One group after the other, in any order. */
    private List<List<Message>> byGroup(List<Message> messages) {
        Map<String, List<Message>> groups = new LinkedHashMap<>();
        for (Message message : messages) {
            String group = message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID);
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(message);
        }
        List<List<Message>> parts = new ArrayList<>(groups.values());
        synchronized (this) {
            Collections.shuffle(parts, random);
        }
        return parts;
    }

    private void late() throws InterruptedException {
        if (happens(LATE)) {
            long millis;
            synchronized (this) {
                millis = random.nextInt((int) LATEST.toMillis());
            }
            if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("the stack ends");
            }
        }
    }

    private synchronized boolean happens(double probability) {
        boolean happens = storm.rages() && random.nextDouble() < probability;
        if (happens) {
            faults.incrementAndGet();
        }
        return happens;
    }
}
