package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import io.ringback.core.directory.Subscription;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Registrations;
import io.ringback.core.port.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is told of calls and who can be called, as the table says; read again when it is older than a moment, so that a
 * call between two waits for no function (telephony §5). Registrations are always read: a phone can be rung as soon as
 * it has registered. Thread-safe; its methods may wait for the table, but for {@link #contacts}.
 */
public final class Directory implements Reachability {
    /** The oldest that anything here may be; telephony §5 allows 5 s. */
    static final Duration FRESH = Duration.ofSeconds(2);

    /** Users remembered at a time. */
    private static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    private final Ports ports;
    private final String gatewayId;
    private final Executor readers;
    private final InstantSource clock;
    private final Map<Identifier, Instant> known = new LinkedHashMap<>();
    private volatile Snapshot snapshot = new Snapshot(List.of(), Instant.MIN);

    /** Where it is read from. */
    public record Ports(Subscriptions subscriptions, Identities identities, Registrations registrations) {}

    private record Snapshot(List<Subscription> subscriptions, Instant readAt) {}

    /**
     * A directory.
     *
     * @param gatewayId phones that registered elsewhere cannot be reached from here
     * @param readers run the reads that nobody may wait for
     */
    public Directory(Ports ports, String gatewayId, Executor readers, InstantSource clock) {
        this.ports = ports;
        this.gatewayId = gatewayId;
        this.readers = readers;
        this.clock = clock;
    }

    /** Whether an application decides about calls to this number or user. */
    boolean isDecidedByApplication(Identifier called) {
        return subscriptions().stream().anyMatch(subscription -> subscription.decidesAbout(called));
    }

    /** Whether there is such a user. One that there was a moment ago counts. */
    boolean isUser(Identifier user) {
        Instant now = clock.instant();
        synchronized (known) {
            Instant readAt = known.get(user);
            if (readAt != null && isFresh(readAt, now)) {
                return true;
            }
        }
        boolean there = ports.identities().find(user).isPresent();
        synchronized (known) {
            known.remove(user);
            if (there) {
                known.put(user, now);
            }
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return there;
    }

    /** The user's phones at this gateway. */
    List<Registration> registrations(Identifier user) {
        return ports.registrations().of(user, clock.instant()).stream()
                .filter(registration -> registration.gatewayId().equals(gatewayId))
                .toList();
    }

    @Override
    public CompletableFuture<Contacts> contacts(Identifier user) {
        try {
            return CompletableFuture.supplyAsync(() -> look(user), readers);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.completedFuture(
                    new Contacts.None(EndReason.CAPACITY, "too many users are being looked up now"));
        }
    }

    private Contacts look(Identifier user) {
        try {
            if (!isUser(user)) {
                return new Contacts.None(EndReason.NOT_FOUND, "there is no such user");
            }
            List<Registration> contacts = registrations(user);
            return contacts.isEmpty()
                    ? new Contacts.None(EndReason.UNREACHABLE, "the user is not registered")
                    : new Contacts.Found(contacts);
        } catch (RuntimeException e) {
            LOG.warn("a user could not be looked up", e);
            return new Contacts.None(EndReason.UNREACHABLE, "the user could not be looked up");
        }
    }

    /** What was read in the future was read before the clock was set back. */
    private static boolean isFresh(Instant readAt, Instant now) {
        return !readAt.isAfter(now) && readAt.isAfter(now.minus(FRESH));
    }

    private List<Subscription> subscriptions() {
        Instant now = clock.instant();
        Snapshot last = snapshot;
        if (!isFresh(last.readAt(), now)) {
            last = new Snapshot(ports.subscriptions().all(), now);
            snapshot = last;
        }
        return last.subscriptions();
    }
}
