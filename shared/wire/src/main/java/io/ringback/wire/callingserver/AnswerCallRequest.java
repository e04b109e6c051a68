package io.ringback.wire.callingserver;

import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of AnswerCall (native API §1). */
public record AnswerCallRequest(
        String incomingCallContext,
        URI callbackUri,
        Set<RequestedEvent> requestedEvents,
        @Nullable String operationContext) {
    private static final String CONTEXT = "incomingCallContext";
    /** Far longer than any that is ours. */
    private static final int MAX_CALL_CONTEXT = 1024;

    /** @throws MalformedRequest when it is not such a request */
    public static AnswerCallRequest read(JsonBody json, OutboundPolicy outbound) {
        Fields.requireAudio(json);
        return new AnswerCallRequest(
                callContext(json),
                Fields.callbackUri(json, "callbackUri", outbound),
                Fields.constants(json, "requestedCallEvents", RequestedEvent.class),
                json.nullableText("operationContext", Fields.MAX_CONTEXT));
    }

    static String callContext(JsonBody json) {
        return json.requiredText(CONTEXT, MAX_CALL_CONTEXT);
    }
}
