package io.ringback.wire.callingserver;

import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import org.jspecify.annotations.Nullable;

/** The body of CreateIdentity, which may be missing (native API §6). */
public record CreateIdentityRequest(@Nullable String displayName) {
    private static final int MAX_NAME = 128;

    /** @throws MalformedRequest when it is not such a request */
    public static CreateIdentityRequest read(JsonBody json) {
        return new CreateIdentityRequest(json.nullableText("displayName", MAX_NAME));
    }
}
