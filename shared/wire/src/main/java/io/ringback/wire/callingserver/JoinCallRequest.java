package io.ringback.wire.callingserver;

import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.Identifier;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of JoinCall (native API §2).
 *
 * @param source a label, not a party
 */
public record JoinCallRequest(
        Identifier source,
        URI callbackUri,
        @Nullable String subject,
        Set<RequestedEvent> requestedEvents,
        @Nullable String operationContext) {

    /** @throws MalformedRequest when it is not such a request */
    public static JoinCallRequest read(JsonBody json, OutboundPolicy outbound) {
        Fields.requireAudio(json);
        return new JoinCallRequest(
                IdentifierReader.read(json.requiredObject("source")),
                Fields.callbackUri(json, "callbackUri", outbound),
                json.nullableText("subject", Fields.MAX_SUBJECT),
                Fields.constants(json, "requestedCallEvents", RequestedEvent.class),
                json.nullableText("operationContext", Fields.MAX_CONTEXT));
    }
}
