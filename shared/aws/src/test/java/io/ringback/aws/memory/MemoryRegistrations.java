package io.ringback.aws.memory;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import io.ringback.core.port.Registrations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Registrations in memory. */
public final class MemoryRegistrations implements Registrations {
    private final Map<Identifier, Map<String, Stored>> users = new HashMap<>();
    private final InstantSource clock;

    private record Stored(Registration registration, Instant registeredAt) {
        /** Whether the same phone wrote it in a REGISTER with this number or a higher one. */
        boolean isNotBelow(String callId, long cseq) {
            return registration.callId().equals(callId) && registration.cseq() >= cseq;
        }
    }

    public MemoryRegistrations(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void put(Registration registration) {
        Map<String, Stored> contacts = users.computeIfAbsent(registration.user(), user -> new HashMap<>());
        Stored known = contacts.get(registration.contact());
        if (known != null && known.isNotBelow(registration.callId(), registration.cseq() + 1)) {
            return;
        }
        Instant now = clock.instant();
        contacts.put(registration.contact(), new Stored(registration, now));
        contacts.keySet()
                .retainAll(of(registration.user(), now).stream()
                        .map(Registration::contact)
                        .toList());
    }

    @Override
    public synchronized void remove(Identifier user, String contact, String callId, long cseq) {
        users.getOrDefault(user, new HashMap<>())
                .computeIfPresent(contact, (key, known) -> known.isNotBelow(callId, cseq) ? known : null);
    }

    @Override
    public synchronized void removeAll(Identifier user) {
        users.remove(user);
    }

    @Override
    public synchronized List<Registration> of(Identifier user, Instant now) {
        return users.getOrDefault(user, Map.of()).values().stream()
                .filter(stored -> stored.registration().expiresAt().isAfter(now))
                .sorted(Comparator.comparing(Stored::registeredAt)
                        .reversed()
                        .thenComparing(stored -> stored.registration().contact()))
                .map(Stored::registration)
                .limit(CONTACTS)
                .toList();
    }
}
