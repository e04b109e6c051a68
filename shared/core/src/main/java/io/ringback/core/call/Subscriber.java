package io.ringback.core.call;

import java.util.Set;

/**
 * An event subscription as one call keeps it: changed or deleted later, it still holds for this call.
 *
 * @param callback where its events go and in which envelope
 */
public record Subscriber(String subscriptionId, Callback callback, Set<Announcement> announcements) {
    public Subscriber {
        announcements = Set.copyOf(announcements);
    }

    public boolean wants(Announcement announcement) {
        return announcements.contains(announcement);
    }

    /** What subscriptions are told of (native API §4 and §5). */
    public enum Announcement {
        INCOMING_CALL,
        CALL_STARTED,
        CALL_ENDED,
        CALL_PARTICIPANT_ADDED,
        CALL_PARTICIPANT_REMOVED
    }
}
