package io.ringback.wire.callingserver;

import io.ringback.core.call.Recording;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;

/** The body of StartRecording (native API §3). */
public record StartRecordingRequest(
        URI recordingStateCallbackUri, Recording.Channels channels, Recording.Format format) {

    /** What can be recorded. */
    private enum ContentType {
        AUDIO
    }

    /** @throws MalformedRequest when it is not such a request, or asks for what is not served yet */
    public static StartRecordingRequest read(JsonBody json, OutboundPolicy outbound) {
        Fields.constant(json, "recordingContentType", ContentType.class, ContentType.AUDIO);
        return new StartRecordingRequest(
                Fields.callbackUri(json, "recordingStateCallbackUri", outbound),
                onlyYet(json, "recordingChannelType", Recording.Channels.class, Recording.Channels.MIXED),
                onlyYet(json, "recordingFormatType", Recording.Format.class, Recording.Format.WAV));
    }

    private static <E extends Enum<E>> E onlyYet(JsonBody json, String name, Class<E> type, E served) {
        E wanted = Fields.constant(json, name, type, served);
        if (wanted != served) {
            throw new MalformedRequest(
                    name + " " + WireNames.of(wanted) + " is not served yet; accepted: " + WireNames.of(served), name);
        }
        return wanted;
    }
}
