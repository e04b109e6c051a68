package io.ringback.local.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A FIFO queue with the rules of SQS: a group's messages in order, and none of it while one of them is out. */
final class FifoQueue {
    /** How often those who wait look whether a time-out ended. */
    private static final long LOOK_MILLIS = 10;

    private final long visibilityNanos;
    private final Map<String, TreeMap<Long, Message>> groups = new LinkedHashMap<>();
    private long sent;

    FifoQueue(Duration visibilityTimeout) {
        visibilityNanos = visibilityTimeout.toNanos();
    }

    /** A message, and until when it cannot be received again once it was received. */
    static final class Message {
        private final long number;
        private final String group;
        private final String body;
        private int receives;
        private long hiddenUntil;

        private Message(long number, String group, String body) {
            this.number = number;
            this.group = group;
            this.body = body;
        }

        /** Names the message and its group. */
        String receiptHandle() {
            return number + "/" + group;
        }

        String body() {
            return body;
        }

        int receives() {
            return receives;
        }

        private boolean isOut(long now) {
            return receives > 0 && hiddenUntil - now > 0;
        }
    }

    synchronized void send(String group, String body) {
        groups.computeIfAbsent(group, name -> new TreeMap<>()).put(sent, new Message(sent, group, body));
        sent++;
        notifyAll();
    }

    /** At most so many messages, as soon as there is one; none when the wait is over. */
    synchronized List<Message> receive(int most, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        List<Message> received = take(most);
        while (received.isEmpty() && end - System.nanoTime() > 0) {
            wait(LOOK_MILLIS);
            received = take(most);
        }
        return received;
    }

    synchronized void hide(String receiptHandle, Duration time) {
        Message message = find(receiptHandle);
        if (message != null) {
            message.hiddenUntil = System.nanoTime() + time.toNanos();
        }
    }

    synchronized void delete(String receiptHandle) {
        Message message = find(receiptHandle);
        if (message != null) {
            groups.computeIfPresent(message.group, (name, group) -> {
                group.remove(message.number);
                return group.isEmpty() ? null : group;
            });
            notifyAll();
        }
    }

    private List<Message> take(int most) {
        long now = System.nanoTime();
        List<Message> taken = new ArrayList<>();
        for (Map<Long, Message> group : groups.values()) {
            if (taken.size() < most && group.values().stream().noneMatch(message -> message.isOut(now))) {
                group.values().stream().limit(most - taken.size()).forEach(taken::add);
            }
        }
        for (Message message : taken) {
            message.receives++;
            message.hiddenUntil = now + visibilityNanos;
        }
        return taken;
    }

    private @Nullable Message find(String receiptHandle) {
        int slash = receiptHandle.indexOf('/');
        Map<Long, Message> group = groups.get(receiptHandle.substring(slash + 1));
        return group == null ? null : group.get(Long.valueOf(receiptHandle.substring(0, slash)));
    }
}
