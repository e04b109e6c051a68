package io.ringback.aws.dynamodb;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Connection.RequestedEvent;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How a connection stands in its call's item. */
final class ConnectionFormat {
    private ConnectionFormat() {}

    static AttributeValue write(Connection connection) {
        return new ItemWriter()
                .text("id", connection.callConnectionId())
                .value("callback", connection.callback(), ValueFormat::callback)
                .value("source", connection.source(), ValueFormat::identifier)
                .list("targets", connection.targets(), ValueFormat::identifier)
                .text("alternateCallerId", connection.alternateCallerId())
                .text("subject", connection.subject())
                .list(
                        "requestedEvents",
                        connection.requestedEvents().stream().sorted().toList(),
                        event -> ValueFormat.text(event.name()))
                .text("operationContext", connection.operationContext())
                .constant("state", connection.state())
                .instant("startedAt", connection.startedAt())
                .instant("establishedAt", connection.establishedAt())
                .instant("endedAt", connection.endedAt())
                .value("endReason", connection.endReason(), ValueFormat::result)
                .map();
    }

    static Connection read(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        Set<RequestedEvent> requested = map.list("requestedEvents", event -> RequestedEvent.valueOf(event.s())).stream()
                .collect(Collectors.toUnmodifiableSet());
        return new Connection(
                map.text("id"),
                map.value("callback", ValueFormat::callback),
                map.value("source", ValueFormat::identifier),
                map.list("targets", ValueFormat::identifier),
                map.optionalText("alternateCallerId"),
                map.optionalText("subject"),
                requested,
                map.optionalText("operationContext"),
                map.constant("state", CallState.class),
                map.instant("startedAt"),
                map.optionalInstant("establishedAt"),
                map.optionalInstant("endedAt"),
                map.optional("endReason", ValueFormat::result));
    }
}
