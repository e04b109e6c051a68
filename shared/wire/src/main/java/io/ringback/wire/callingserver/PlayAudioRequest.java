package io.ringback.wire.callingserver;

import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Tone;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of PlayAudio and PlayAudioToParticipant (native API §3).
 *
 * @param callbackUri where the result goes; null for the connection's own
 */
public record PlayAudioRequest(
        PromptSource source,
        boolean loop,
        Set<Tone> stopOnTones,
        @Nullable String operationContext,
        @Nullable URI callbackUri) {
    private static final int MAX_FILE_ID = 256;
    private static final int MAX_TEXT = 5000;
    private static final int MAX_VOICE = 64;
    private static final String ANY = "any";

    /** @throws MalformedRequest when it is not such a request */
    public static PlayAudioRequest read(JsonBody json, OutboundPolicy outbound) {
        return read(json, outbound, Fields.nullableCallbackUri(json, outbound));
    }

    /**
     * Reads it from a request that no connection stands behind.
     *
     * @throws MalformedRequest also when it names no callback
     */
    public static PlayAudioRequest readOutOfCall(JsonBody json, OutboundPolicy outbound) {
        return read(json, outbound, Fields.callbackUri(json, "callbackUri", outbound));
    }

    private static PlayAudioRequest read(JsonBody json, OutboundPolicy outbound, @Nullable URI callbackUri) {
        return new PlayAudioRequest(
                source(json, outbound),
                json.flag("loop", false),
                stopOnTones(json),
                json.nullableText("operationContext", Fields.MAX_CONTEXT),
                callbackUri);
    }

    private static PromptSource source(JsonBody json, OutboundPolicy outbound) {
        Optional<URI> file = Fields.uri(json, "audioFileUri", Fields.MAX_FILE_URI, outbound);
        String fileId = json.nullableText("audioFileId", MAX_FILE_ID);
        Optional<String> text = json.prose("text", MAX_TEXT);
        String voice = json.nullableText("voice", MAX_VOICE);
        if (file.isPresent() && text.isPresent()) {
            throw new MalformedRequest(
                    "there are both audioFileUri and text; exactly one of them is accepted", "audioFileUri");
        }
        if (file.isPresent()) {
            return new PromptSource.File(file.get(), fileId);
        }
        if (text.isEmpty()) {
            throw json.missing("audioFileUri", "it or text");
        }
        return new PromptSource.Text(
                text.filter(words -> !words.isBlank()).orElseThrow(() -> json.missing("text", "a text")), voice);
    }

    private static Set<Tone> stopOnTones(JsonBody json) {
        if (!json.isText("stopOnTones")) {
            return Fields.constants(json, "stopOnTones", Tone.class);
        }
        if (!json.requiredText("stopOnTones", ANY.length()).equals(ANY)) {
            throw new MalformedRequest(
                    "stopOnTones is a text; accepted is \"any\" or an array of tones", "stopOnTones");
        }
        return EnumSet.allOf(Tone.class);
    }
}
