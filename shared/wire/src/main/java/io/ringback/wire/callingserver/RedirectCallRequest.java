package io.ringback.wire.callingserver;

import io.ringback.core.call.Identifier;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;

/** The body of RedirectCall (native API §1). */
public record RedirectCallRequest(String incomingCallContext, Identifier target) {
    /** @throws MalformedRequest when it is not such a request */
    public static RedirectCallRequest read(JsonBody json) {
        return new RedirectCallRequest(
                AnswerCallRequest.callContext(json), IdentifierReader.read(json.requiredObject("target")));
    }
}
