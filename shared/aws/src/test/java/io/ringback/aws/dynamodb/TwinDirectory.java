package io.ringback.aws.dynamodb;

import io.ringback.aws.contract.CallSamples;
import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import io.ringback.core.directory.Subscription;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Registrations;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.Generator;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Changes the directories of both twins: subscriptions, users, registrations. */
final class TwinDirectory {
    private static final List<Identifier> USERS =
            List.of(Identifier.ofUser("ann"), Identifier.ofUser("bob"), Identifier.ofUser("eve"));

    private final Twins twins;
    private final Generator generator;
    private final FakeClock clock;

    TwinDirectory(Twins twins) {
        this.twins = twins;
        this.generator = twins.generator();
        this.clock = twins.clock();
    }

    void subscriptions() {
        String id = "subscription-" + generator.between(1, 5);
        Subscription subscription =
                new Subscription(id, CallSamples.CALLBACK, Set.of(), List.of(generator.pick(USERS)), clock.instant());
        // An id is given once.
        if (twins.both(storage -> storage.subscriptions().find(id)).isEmpty()) {
            FirstAnswer answer = generator.percent(40) ? twins.answer() : null;
            twins.both(storage -> storage.subscriptions().add(subscription, answer));
        } else if (generator.percent(60)) {
            twins.both(storage -> storage.subscriptions().delete(id));
        }
        twins.both(storage -> storage.subscriptions().delete("subscription-6"));
        twins.both(storage -> storage.subscriptions().all());
    }

    void identities() {
        Identifier user = generator.pick(USERS);
        UserIdentity identity = new UserIdentity(
                user,
                user.username().orElseThrow(),
                generator.text("0123456789abcdef", 32),
                generator.percent(50) ? "a name" : null,
                clock.instant());
        FirstAnswer answer = generator.percent(40) ? twins.answer() : null;
        twins.both(storage -> storage.identities().add(identity, answer));
        twins.both(storage -> storage.identities().find(user));
        int limit = generator.between(1, 3);
        twins.both(storage -> storage.identities().page(null, limit));
        twins.both(storage -> storage.identities().page("b", limit));
        if (generator.percent(50)) {
            twins.both(storage -> storage.identities().delete(user));
        }
    }

    void registrations() {
        Identifier user = generator.pick(USERS);
        String contact = "sip:phone" + generator.between(1, Registrations.CONTACTS + 2);
        if (generator.percent(80)) {
            Registration registration = new Registration(
                    user,
                    "gw-1",
                    contact,
                    "udp:192.0.2.1:5060",
                    generator.pick("call-1", "call-2"),
                    generator.between(1, 5),
                    clock.instant().plus(generator.upTo(Duration.ofMinutes(5))));
            twins.both(storage -> {
                storage.registrations().put(registration);
                return true;
            });
        } else if (generator.percent(80)) {
            String callId = generator.pick("call-1", "call-2");
            long cseq = generator.between(1, 5);
            twins.both(storage -> {
                storage.registrations().remove(user, contact, callId, cseq);
                return true;
            });
        } else {
            twins.both(storage -> {
                storage.registrations().removeAll(user);
                return true;
            });
        }
        twins.both(storage -> storage.registrations().of(user, clock.instant()));
    }
}
