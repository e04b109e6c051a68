package io.ringback.wire.callingserver;

import io.ringback.core.call.Identifier;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The body of CreateEventSubscription (native API §5).
 *
 * @param announcements what it is told of: all when the request names none
 * @param to called numbers and users that it is about; empty for all
 */
public record CreateEventSubscriptionRequest(
        URI endpoint, Set<Announcement> announcements, List<Identifier> to, Envelope schema) {
    /** Every call keeps the endpoints that are told of it, in an item that the store bounds at 400 KB. */
    private static final int MAX_ENDPOINT = 512;

    private static final int MAX_EVENT_TYPES = 16;
    private static final int MAX_EVENT_TYPE = 64;
    private static final int MAX_TO = 50;

    /** @throws MalformedRequest when it is not such a request */
    public static CreateEventSubscriptionRequest read(JsonBody json, OutboundPolicy outbound) {
        return new CreateEventSubscriptionRequest(
                Fields.uri(json, "endpoint", MAX_ENDPOINT, outbound)
                        .orElseThrow(() -> json.missing("endpoint", "the absolute address that is told")),
                announcements(json),
                called(json),
                Fields.constant(json, "schema", Envelope.class, Envelope.CLOUD_EVENTS));
    }

    private static Set<Announcement> announcements(JsonBody json) {
        if (!json.has("eventTypes")) {
            return EnumSet.allOf(Announcement.class);
        }
        Set<Announcement> announcements = EnumSet.noneOf(Announcement.class);
        List<String> types = json.texts("eventTypes", MAX_EVENT_TYPES, MAX_EVENT_TYPE);
        for (int i = 0; i < types.size(); i++) {
            announcements.add(announcement(types.get(i), "eventTypes[" + i + "]"));
        }
        if (announcements.isEmpty()) {
            throw new MalformedRequest("eventTypes is empty; accepted are " + accepted(), "eventTypes");
        }
        return announcements;
    }

    private static Announcement announcement(String type, String place) {
        return Arrays.stream(Announcement.values())
                .filter(announcement -> EventType.of(announcement).wireName().equals(type))
                .findFirst()
                .orElseThrow(
                        () -> new MalformedRequest(place + " is \"" + type + "\"; accepted are " + accepted(), place));
    }

    private static String accepted() {
        return Arrays.stream(Announcement.values())
                .map(announcement -> EventType.of(announcement).wireName())
                .collect(Collectors.joining(", "));
    }

    private static List<Identifier> called(JsonBody json) {
        List<Identifier> called = new ArrayList<>();
        for (String text : json.texts("to", MAX_TO, IdentifierReader.MAX_RAW_ID)) {
            called.add(IdentifierReader.readCalled(text, "to[" + called.size() + "]"));
        }
        return called;
    }
}
