package io.ringback.wire.callingserver;

import io.ringback.core.call.Identifier;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of InviteParticipants (native API §3).
 *
 * @param alternateCallerId E.164 number to show to phone numbers; null for the call's own
 * @param callbackUri where the results go; null for the connection's own
 */
public record InviteParticipantsRequest(
        List<Identifier> participants,
        @Nullable String alternateCallerId,
        Duration ringTimeout,
        @Nullable String operationContext,
        @Nullable URI callbackUri) {

    /** @throws MalformedRequest when it is not such a request */
    public static InviteParticipantsRequest read(JsonBody json, OutboundPolicy outbound) {
        return read(json, Fields.nullableCallbackUri(json, outbound));
    }

    /**
     * Reads it from a request that no connection stands behind.
     *
     * @throws MalformedRequest also when it names no callback
     */
    public static InviteParticipantsRequest readOutOfCall(JsonBody json, OutboundPolicy outbound) {
        return read(json, Fields.callbackUri(json, "callbackUri", outbound));
    }

    private static InviteParticipantsRequest read(JsonBody json, @Nullable URI callbackUri) {
        return new InviteParticipantsRequest(
                Fields.parties(json, "participants"),
                Fields.alternateCallerId(json),
                Fields.ringTimeout(json),
                json.nullableText("operationContext", Fields.MAX_CONTEXT),
                callbackUri);
    }
}
