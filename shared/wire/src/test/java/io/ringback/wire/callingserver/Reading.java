package io.ringback.wire.callingserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import java.util.Objects;

/** How tests have a body read. */
final class Reading {
    private Reading() {}

    /** @param json with apostrophes for quotation marks */
    static JsonBody body(String json) {
        return JsonBody.parse(json.replace('\'', '"').getBytes(UTF_8));
    }

    /** Why it was refused. */
    static MalformedRequest refusal(Runnable reading) {
        return Objects.requireNonNull(
                catchThrowableOfType(MalformedRequest.class, reading::run), "nothing was refused");
    }
}
