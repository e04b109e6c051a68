package io.ringback.wire.callingserver;

import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import org.jspecify.annotations.Nullable;

/** The body of CancelAllMediaOperations, which may be missing (native API §1). */
public record CancelAllRequest(@Nullable String operationContext) {
    /** @throws MalformedRequest when it is not such a request */
    public static CancelAllRequest read(JsonBody json) {
        return new CancelAllRequest(json.nullableText("operationContext", Fields.MAX_CONTEXT));
    }
}
