package io.ringback.core.port;

import io.ringback.core.directory.Subscription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The event subscriptions. */
public interface Subscriptions {
    /** Adds one, together with the first answer to the request that asked for it. */
    Added add(Subscription subscription, @Nullable FirstAnswer firstAnswer);

    /**
     * Adds one that nobody will ask for again.
     *
     * @return false when there are {@link Subscription#MOST} already
     */
    default boolean add(Subscription subscription) {
        return add(subscription, null) == Added.ADDED;
    }

    /** What became of a subscription to add. */
    enum Added {
        ADDED,
        /** There are {@link Subscription#MOST} already. */
        FULL,
        /** The same request was carried out meanwhile: its answer is kept. */
        REPEATED
    }

    Optional<Subscription> find(String subscriptionId);

    /** All of them, strongly consistent, oldest first. */
    List<Subscription> all();

    /** @return false when there was none */
    boolean delete(String subscriptionId);
}
