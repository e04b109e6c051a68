package io.ringback.core.directory;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An event subscription (native API §5).
 *
 * @param callback the endpoint, and the envelope in which it wants its events
 * @param to called numbers and users that it is about; empty for all
 */
public record Subscription(
        String subscriptionId,
        Callback callback,
        Set<Announcement> announcements,
        List<Identifier> to,
        Instant createdAt) {
    /** How many there may be. */
    public static final int MOST = 50;

    public Subscription {
        announcements = Set.copyOf(announcements);
        to = List.copyOf(to);
    }

    /** Whether it is about a call to any of these. */
    public boolean isAbout(List<Identifier> called) {
        return to.isEmpty() || called.stream().anyMatch(to::contains);
    }

    /** True when it lets an application decide about calls to this number or user. */
    public boolean decidesAbout(Identifier called) {
        return announcements.contains(Announcement.INCOMING_CALL) && isAbout(List.of(called));
    }

    /** As a call keeps it. */
    public Subscriber subscriber() {
        return new Subscriber(subscriptionId, callback, announcements);
    }

    /** Those that a call to these is announced to. */
    public static List<Subscriber> subscribers(List<Subscription> all, List<Identifier> called) {
        return all.stream()
                .filter(subscription -> subscription.isAbout(called))
                .map(Subscription::subscriber)
                .toList();
    }
}
