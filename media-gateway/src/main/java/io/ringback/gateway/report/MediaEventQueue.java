package io.ringback.gateway.report;

import java.util.List;
import java.util.Set;

/** The FIFO queue that carries events to the functions. */
public interface MediaEventQueue {
    /** Messages in one send at most. */
    int MOST = 10;

    /**
     * Sends messages in order.
     *
     * @return the indexes of those that were not taken; all of them when the queue cannot be reached
     */
    Set<Integer> send(List<Message> messages);

    /**
     * One message.
     *
     * @param group messages of one group are received in order
     * @param deduplicationId a second message with this id is dropped for five minutes
     */
    record Message(String group, String deduplicationId, String body) {}
}
