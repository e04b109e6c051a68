package io.ringback.wire.callingserver;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.directory.Subscription;
import io.ringback.core.directory.UserIdentity;
import io.ringback.wire.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of answers about event subscriptions and identities (native API §5 and §6). */
public final class DirectoryAnswers {
    private DirectoryAnswers() {}

    public static String subscription(Subscription subscription) {
        return Json.write(SubscriptionJson.of(subscription));
    }

    public static String subscriptions(List<Subscription> subscriptions) {
        return Json.write(subscriptions.stream().map(SubscriptionJson::of).toList());
    }

    /** @param domain of the users' SIP addresses */
    public static String identity(UserIdentity identity, String domain) {
        return Json.write(IdentityJson.of(identity, domain, null));
    }

    /** The only answer that ever holds the password. */
    public static String newIdentity(UserIdentity identity, String domain, String password) {
        return Json.write(IdentityJson.of(identity, domain, password));
    }

    /** @param continuationToken where the next page begins; null when nothing is left */
    public static String identities(List<UserIdentity> identities, String domain, @Nullable String continuationToken) {
        return Json.write(new IdentityPage(
                identities.stream()
                        .map(identity -> IdentityJson.of(identity, domain, null))
                        .toList(),
                continuationToken));
    }

    private record SubscriptionJson(
            String subscriptionId,
            URI endpoint,
            List<String> eventTypes,
            List<String> to,
            String schema,
            Instant createdAt) {
        static SubscriptionJson of(Subscription subscription) {
            return new SubscriptionJson(
                    subscription.subscriptionId(),
                    subscription.callback().uri(),
                    subscription.announcements().stream()
                            .sorted()
                            .map(SubscriptionJson::type)
                            .toList(),
                    subscription.to().stream().map(SubscriptionJson::called).toList(),
                    WireNames.of(
                            subscription.callback().apiVersion().equals(Callback.EVENT_GRID)
                                    ? Envelope.EVENT_GRID
                                    : Envelope.CLOUD_EVENTS),
                    subscription.createdAt());
        }

        private static String type(Announcement announcement) {
            return EventType.of(announcement).wireName();
        }

        /** As it may be given: a number as such, a user by the raw id. */
        private static String called(Identifier called) {
            return called.phoneNumber().orElse(called.rawId());
        }
    }

    private record IdentityPage(
            List<IdentityJson> identities, @Nullable String continuationToken) {}

    private record IdentityJson(
            IdentifierJson identifier, @Nullable String displayName, Instant createdAt, SipJson sip) {
        static IdentityJson of(UserIdentity identity, String domain, @Nullable String password) {
            return new IdentityJson(
                    IdentifierJson.of(identity.identifier()),
                    identity.displayName(),
                    identity.createdAt(),
                    new SipJson(identity.username(), password, domain));
        }
    }

    private record SipJson(String username, @Nullable String password, String domain) {}
}
