package io.ringback.wire.callingserver;

import io.ringback.core.call.Identifier;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of TransferCall (native API §1).
 *
 * @param alternateCallerId E.164 number to show to a phone number; null for the call's own
 * @param transferee participant id of who is transferred; null for the only other party
 */
public record TransferCallRequest(
        Identifier target,
        @Nullable String alternateCallerId,
        @Nullable String transferee,
        Duration ringTimeout,
        @Nullable String operationContext) {
    private static final int MAX_ID = 64;

    /** @throws MalformedRequest when it is not such a request */
    public static TransferCallRequest read(JsonBody json) {
        return new TransferCallRequest(
                IdentifierReader.read(json.requiredObject("targetParticipant")),
                Fields.alternateCallerId(json),
                json.nullableText("transferee", MAX_ID),
                Fields.ringTimeout(json),
                json.nullableText("operationContext", Fields.MAX_CONTEXT));
    }
}
