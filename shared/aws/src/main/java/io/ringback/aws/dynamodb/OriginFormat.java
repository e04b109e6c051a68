package io.ringback.aws.dynamodb;

import io.ringback.core.call.Incoming;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How a call's beginning, and who is told of it, stand in its item. */
final class OriginFormat {
    private OriginFormat() {}

    static AttributeValue origin(Origin origin) {
        return new ItemWriter()
                .constant("kind", origin.kind())
                .value("from", origin.from(), ValueFormat::identifier)
                .list("to", origin.to(), ValueFormat::identifier)
                .map();
    }

    static Origin origin(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Origin(
                map.constant("kind", Origin.Kind.class),
                map.value("from", ValueFormat::identifier),
                map.list("to", ValueFormat::identifier));
    }

    static AttributeValue incoming(Incoming incoming) {
        return new ItemWriter()
                .text("participantId", incoming.participantId())
                .text("callerDisplayName", incoming.callerDisplayName())
                .instant("ringsUntil", incoming.ringsUntil())
                .constant("decided", incoming.decided())
                .map();
    }

    static Incoming incoming(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Incoming(
                map.text("participantId"),
                map.optionalText("callerDisplayName"),
                map.instant("ringsUntil"),
                map.constant("decided", Incoming.Decided.class));
    }

    static AttributeValue subscriber(Subscriber subscriber) {
        return new ItemWriter()
                .text("id", subscriber.subscriptionId())
                .value("callback", subscriber.callback(), ValueFormat::callback)
                .list(
                        "announcements",
                        subscriber.announcements().stream().sorted().toList(),
                        announcement -> ValueFormat.text(announcement.name()))
                .map();
    }

    static Subscriber subscriber(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Subscriber(
                map.text("id"),
                map.value("callback", ValueFormat::callback),
                Set.copyOf(map.list("announcements", name -> Announcement.valueOf(name.s()))));
    }
}
