package io.ringback.functions.workers;

import java.util.List;

/**
 * What a queue function does with one group of a batch.
 *
 * @param <K> names the group: a stream, a call
 * @param <T> what a message says
 */
interface Work<K, T> {
    /**
     * Reads the body of a message.
     *
     * @throws IllegalArgumentException with a message for people when it cannot be read
     */
    T read(String body);

    K groupOf(T content);

    /** Takes a turn at the group; throws for bugs and for failures of storage and queues only. */
    Turn take(K group, List<T> contents, Deadline deadline);

    /**
     * Sends another message that stands for the group's, so that these can go.
     *
     * @return false when there is no other message of the kind
     */
    boolean renew(K group);
}
