package io.ringback.wire.callingserver;

import io.ringback.core.call.PromptSource;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The body of HoldParticipant, which may be missing (native API §1).
 *
 * @param music what the party hears meanwhile; null for silence
 */
public record HoldParticipantRequest(@Nullable PromptSource music) {
    /** @throws MalformedRequest when it is not such a request */
    public static HoldParticipantRequest read(JsonBody json, OutboundPolicy outbound) {
        return new HoldParticipantRequest(Fields.uri(json, "audioFileUri", Fields.MAX_FILE_URI, outbound)
                .map(uri -> new PromptSource.File(uri, null))
                .orElse(null));
    }
}
