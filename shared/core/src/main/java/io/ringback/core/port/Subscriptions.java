package io.ringback.core.port;

import io.ringback.core.directory.Subscription;
import java.util.List;
import java.util.Optional;

/** The event subscriptions. */
public interface Subscriptions {
    /** @return false when there are {@link Subscription#MOST} already */
    boolean add(Subscription subscription);

    Optional<Subscription> find(String subscriptionId);

    /** All of them, strongly consistent, oldest first. */
    List<Subscription> all();

    /** @return false when there was none */
    boolean delete(String subscriptionId);
}
