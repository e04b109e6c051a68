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
        Identifier target,
        Identifier source,
        @Nullable String alternateCallerId,
        URI callbackUri,
        @Nullable String subject,
        Set<RequestedEvent> requestedEvents,
        Duration ringTimeout,
        @Nullable String operationContext) {
    private static final int MAX_TARGETS = 50;
    private static final int MAX_SUBJECT = 256;
    private static final int MAX_MEDIA_TYPES = 8;
    private static final int MAX_MEDIA_TYPE = 32;
    private static final int SHORTEST_RING = 5;
    private static final int LONGEST_RING = 180;
    private static final int USUAL_RING = 60;

    /** @throws MalformedRequest when it is not such a request */
    public static CreateCallRequest read(JsonBody json, OutboundPolicy outbound) {
        Identifier target = target(json);
        Identifier source = IdentifierReader.read(json.requiredObject("source"));
        String alternateCallerId = json.object("alternateCallerId")
                .map(member -> IdentifierReader.readNumber(member, "value"))
                .orElse(null);
        if (target.phoneNumber().isPresent()
                && alternateCallerId == null
                && source.phoneNumber().isEmpty()) {
            throw json.missing("alternateCallerId", "for a phone number as target, it or a source with a phone number");
        }
        requireAudio(json);
        return new CreateCallRequest(
                target,
                source,
                alternateCallerId,
                Fields.callbackUri(json, "callbackUri", outbound),
                json.nullableText("subject", MAX_SUBJECT),
                Fields.constants(json, "requestedCallEvents", RequestedEvent.class),
                Duration.ofSeconds(json.integer("ringTimeoutInSeconds", SHORTEST_RING, LONGEST_RING, USUAL_RING)),
                json.nullableText("operationContext", Fields.MAX_CONTEXT));
    }

    /** The number to show: the one that was asked for, else the source's own. */
    public Optional<String> callerId() {
        return Optional.ofNullable(alternateCallerId).or(source::phoneNumber);
    }

    /** Where {@link #callerId} came from, for the answer to a refusal. */
    public String callerIdPlace() {
        return alternateCallerId == null ? "source" : "alternateCallerId.value";
    }

    /** The target's number, where it has one; the place is {@code targets[0]}. */
    private static Identifier target(JsonBody json) {
        List<JsonBody> targets = json.objects("targets", MAX_TARGETS);
        if (targets.isEmpty()) {
            throw json.missing("targets", "an array with exactly one target");
        }
        if (targets.size() > 1) {
            throw new MalformedRequest(
                    "targets has " + targets.size() + " elements; calls to several targets at once are not served yet,"
                            + " exactly one is accepted",
                    "targets");
        }
        Identifier target = IdentifierReader.read(targets.get(0));
        if (target.kind() == Identifier.Kind.COMMUNICATION_USER) {
            throw new MalformedRequest(
                    "targets[0] is a communication user; users cannot be called yet, accepted are phone numbers and"
                            + " rawId sip:user@host",
                    "targets[0]");
        }
        return target;
    }

    private static void requireAudio(JsonBody json) {
        List<String> types = json.texts("requestedMediaTypes", MAX_MEDIA_TYPES, MAX_MEDIA_TYPE);
        for (int i = 0; i < types.size(); i++) {
            if (!types.get(i).equals("audio")) {
                String place = "requestedMediaTypes[" + i + "]";
                throw new MalformedRequest(
                        place + " is \"" + types.get(i) + "\"; calls are audio only, accepted: audio", place);
            }
        }
    }
}
