package io.ringback.local.trigger;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.Message;

/** The way of the messages from a queue to its function. */
@FunctionalInterface
public interface Handover {
    /** All that were received together, at once. */
    Handover DIRECT = (queue, messages, function) -> function.accept(messages);

    /**
     * Hands over what was received; returns when the poller may go on.
     *
     * @param queue its name
     * @param function is invoked with these messages, and those that it has done with are deleted
     */
    void handOver(String queue, List<Message> messages, Consumer<List<Message>> function) throws InterruptedException;
}
