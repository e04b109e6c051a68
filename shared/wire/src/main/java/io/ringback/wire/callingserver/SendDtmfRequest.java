package io.ringback.wire.callingserver;

import io.ringback.core.call.Tone;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of SendDtmf (native API §1). */
public record SendDtmfRequest(List<Tone> tones, @Nullable String operationContext) {
    /** So that they are sent well before the order is too late. */
    private static final int MAX_TONES = 32;

    public SendDtmfRequest {
        tones = List.copyOf(tones);
    }

    /** @throws MalformedRequest when it is not such a request */
    public static SendDtmfRequest read(JsonBody json) {
        List<Tone> tones = Fields.constantList(json, "tones", Tone.class, MAX_TONES);
        if (tones.isEmpty()) {
            throw json.missing("tones", "an array of 1 to " + MAX_TONES + " tones");
        }
        return new SendDtmfRequest(tones, json.nullableText("operationContext", Fields.MAX_CONTEXT));
    }
}
