package io.ringback.functions.api.admission;

import io.ringback.core.call.Identifier;
import io.ringback.core.call.Subscriber;
import io.ringback.core.directory.Subscription;
import io.ringback.core.port.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event subscriptions as they were at most 5 s ago, so that not every call reads them (telephony §5). */
public final class RecentSubscriptions {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Subscriptions subscriptions;
    private final InstantSource clock;
    private volatile @Nullable Reading last;

    public RecentSubscriptions(Subscriptions subscriptions, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** Those that a call to these is announced to. */
    public List<Subscriber> subscribers(List<Identifier> called) {
        return Subscription.subscribers(all(), called);
    }

    private List<Subscription> all() {
        Instant now = clock.instant();
        Reading reading = last;
        if (reading == null || !now.isBefore(reading.at().plus(FRESH))) {
            reading = new Reading(subscriptions.all(), now);
            last = reading;
        }
        return reading.subscriptions();
    }

    private record Reading(List<Subscription> subscriptions, Instant at) {}
}
