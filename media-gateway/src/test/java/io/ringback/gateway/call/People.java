package io.ringback.gateway.call;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.directory.Registration;
import io.ringback.core.directory.Subscription;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Registrations;
import io.ringback.core.port.Subscriptions;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Users, their phones and event subscriptions in memory, which can be made unreachable. */
public final class People implements Subscriptions, Identities, Registrations {
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Map<Identifier, UserIdentity> identities = new ConcurrentHashMap<>();
    private final Map<Identifier, List<Registration>> registrations = new ConcurrentHashMap<>();
    private volatile boolean unreachable;

    public Directory.Ports ports() {
        return new Directory.Ports(this, this, this);
    }

    /** From here on every read fails. */
    public void becomeUnreachable() {
        unreachable = true;
    }

    /** An application decides about calls to this number or user. */
    public void subscribe(Identifier to) {
        add(new Subscription(
                "subscription-" + subscriptions.size(),
                new Callback(URI.create("http://app.example/events"), Callback.EVENT_GRID),
                Set.of(Announcement.INCOMING_CALL),
                List.of(to),
                Instant.EPOCH));
    }

    /** A user; its password is its name. */
    public Identifier user(String username, String digestHash) {
        Identifier identifier = Identifier.ofUser(username);
        add(new UserIdentity(identifier, username, digestHash, null, Instant.EPOCH));
        return identifier;
    }

    /** A phone of a user at this gateway, reached over UDP at its contact. */
    public void register(Identifier user, String gatewayId, String contact) {
        String host = contact.substring(contact.indexOf('@') + 1);
        put(new Registration(user, gatewayId, contact, "udp:" + host, "call-id", 1, Instant.MAX));
    }

    @Override
    public Subscriptions.Added add(Subscription subscription, @Nullable FirstAnswer firstAnswer) {
        subscriptions.add(subscription);
        return Subscriptions.Added.ADDED;
    }

    @Override
    public Optional<Subscription> find(String subscriptionId) {
        return all().stream()
                .filter(subscription -> subscription.subscriptionId().equals(subscriptionId))
                .findFirst();
    }

    @Override
    public List<Subscription> all() {
        read();
        return List.copyOf(subscriptions);
    }

    @Override
    public boolean delete(String subscriptionId) {
        return subscriptions.removeIf(
                subscription -> subscription.subscriptionId().equals(subscriptionId));
    }

    @Override
    public Identities.Added add(UserIdentity identity, @Nullable FirstAnswer firstAnswer) {
        boolean added = identities.putIfAbsent(identity.identifier(), identity) == null;
        return added ? Identities.Added.ADDED : Identities.Added.TAKEN;
    }

    @Override
    public Optional<UserIdentity> find(Identifier user) {
        read();
        return Optional.ofNullable(identities.get(user));
    }

    @Override
    public List<UserIdentity> page(@Nullable String after, int limit) {
        throw new UnsupportedOperationException("the gateway lists no users");
    }

    @Override
    public boolean delete(Identifier user) {
        return identities.remove(user) != null;
    }

    @Override
    public void put(Registration registration) {
        forget(registration.user(), registration.contact());
        registrations
                .computeIfAbsent(registration.user(), user -> new CopyOnWriteArrayList<>())
                .add(registration);
    }

    @Override
    public void remove(Identifier user, String contact, String callId, long cseq) {
        forget(user, contact);
    }

    @Override
    public void removeAll(Identifier user) {
        registrations.remove(user);
    }

    private void forget(Identifier user, String contact) {
        registrations
                .getOrDefault(user, new CopyOnWriteArrayList<>())
                .removeIf(registration -> registration.contact().equals(contact));
    }

    @Override
    public List<Registration> of(Identifier user, Instant now) {
        read();
        return registrations.getOrDefault(user, List.of()).stream()
                .filter(registration -> registration.expiresAt().isAfter(now))
                .toList();
    }

    private void read() {
        if (unreachable) {
            throw new IllegalStateException("the table cannot be read");
        }
    }
}
