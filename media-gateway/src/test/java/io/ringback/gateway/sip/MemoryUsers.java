package io.ringback.gateway.sip;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Registrations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Users and their registrations in memory. */
final class MemoryUsers implements Identities, Registrations {
    private final Map<Identifier, UserIdentity> users = new ConcurrentHashMap<>();
    private final Map<String, Registration> registrations = new ConcurrentHashMap<>();

    /** Users of the default domain, each with the password {@code secret}. */
    static MemoryUsers named(String... names) {
        MemoryUsers all = new MemoryUsers();
        for (String name : names) {
            String hash = DigestAlgorithm.MD5.hash(name + ":" + SipSettings.Access.DEFAULT_DOMAIN + ":secret");
            all.add(new UserIdentity(SipUsers.identifier(name), name, hash, null, Instant.EPOCH));
        }
        return all;
    }

    SipUsers at(InstantSource clock) {
        return new SipUsers(this, this, "gateway-1", clock);
    }

    List<Registration> of(String username) {
        return of(SipUsers.identifier(username), Instant.EPOCH);
    }

    @Override
    public Added add(UserIdentity identity, @Nullable FirstAnswer firstAnswer) {
        return users.putIfAbsent(identity.identifier(), identity) == null ? Added.ADDED : Added.TAKEN;
    }

    @Override
    public Optional<UserIdentity> find(Identifier user) {
        return Optional.ofNullable(users.get(user));
    }

    @Override
    public List<UserIdentity> page(@Nullable String after, int limit) {
        throw new UnsupportedOperationException("no test reads pages of users");
    }

    @Override
    public boolean delete(Identifier user) {
        return users.remove(user) != null;
    }

    @Override
    public void put(Registration registration) {
        registrations.put(key(registration.user(), registration.contact()), registration);
    }

    @Override
    public void remove(Identifier user, String contact, String callId, long cseq) {
        registrations.computeIfPresent(
                key(user, contact),
                (key, known) -> known.callId().equals(callId) && known.cseq() >= cseq ? known : null);
    }

    @Override
    public void removeAll(Identifier user) {
        registrations.values().removeIf(one -> one.user().equals(user));
    }

    private static String key(Identifier user, String contact) {
        return user + " " + contact;
    }

    @Override
    public List<Registration> of(Identifier user, Instant now) {
        return registrations.values().stream()
                .filter(one -> one.user().equals(user) && one.expiresAt().isAfter(now))
                .toList();
    }
}
