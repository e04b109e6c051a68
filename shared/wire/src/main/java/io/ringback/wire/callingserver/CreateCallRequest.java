package io.ringback.wire.callingserver;

import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.Identifier;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of CreateCall (native API §3).
 *
 * @param alternateCallerId E.164 number to show to phone numbers
 */
public record CreateCallRequest(
        List<Identifier> targets,
        Identifier source,
        @Nullable String alternateCallerId,
        URI callbackUri,
        @Nullable String subject,
        Set<RequestedEvent> requestedEvents,
        Duration ringTimeout,
        @Nullable String operationContext) {

    /** @throws MalformedRequest when it is not such a request */
    public static CreateCallRequest read(JsonBody json, OutboundPolicy outbound) {
        List<Identifier> targets = Fields.parties(json, "targets");
        Identifier source = IdentifierReader.read(json.requiredObject("source"));
        String alternateCallerId = Fields.alternateCallerId(json);
        if (targets.stream().anyMatch(target -> target.phoneNumber().isPresent())
                && alternateCallerId == null
                && source.phoneNumber().isEmpty()) {
            throw json.missing("alternateCallerId", "for a phone number as target, it or a source with a phone number");
        }
        Fields.requireAudio(json);
        return new CreateCallRequest(
                targets,
                source,
                alternateCallerId,
                Fields.callbackUri(json, "callbackUri", outbound),
                json.nullableText("subject", Fields.MAX_SUBJECT),
                Fields.constants(json, "requestedCallEvents", RequestedEvent.class),
                Fields.ringTimeout(json),
                json.nullableText("operationContext", Fields.MAX_CONTEXT));
    }

    /** The number to show: the one that was asked for, else the source's own. */
    public Optional<String> callerId() {
        return Optional.ofNullable(alternateCallerId).or(source::phoneNumber);
    }

    /** Where {@link #callerId} came from, for the answer to a refusal. */
    public String callerIdPlace() {
        return alternateCallerId == null ? "source" : Fields.ALTERNATE_CALLER_ID;
    }
}
