package io.ringback.wire.callingserver;

import io.ringback.core.command.CallCommand.RejectCall.Reason;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;

/** The body of RejectCall (native API §1). */
public record RejectCallRequest(String incomingCallContext, Reason reason) {
    /** @throws MalformedRequest when it is not such a request */
    public static RejectCallRequest read(JsonBody json) {
        return new RejectCallRequest(
                AnswerCallRequest.callContext(json),
                Fields.constant(json, "callRejectReason", Reason.class, Reason.NONE));
    }
}
