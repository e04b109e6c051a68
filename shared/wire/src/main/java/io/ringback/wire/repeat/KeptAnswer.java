package io.ringback.wire.repeat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is kept: what has to be the same when it is given again.
 *
 * @param headers those that belong to the body, by names in lower case
 * @param serverCallId the call that was created, for the log
 */
public record KeptAnswer(
        int status,
        Map<String, String> headers,
        String body,
        @Nullable String serverCallId) {
    public KeptAnswer {
        headers = Map.copyOf(headers);
    }
}
