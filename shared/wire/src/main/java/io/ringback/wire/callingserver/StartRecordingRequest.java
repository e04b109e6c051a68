package io.ringback.wire.callingserver;

import io.ringback.core.call.Recording;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;

/** The body of StartRecording (native API §3). */
public record StartRecordingRequest(
        URI recordingStateCallbackUri, Recording.Channels channels, Recording.Format format) {
    private static final String FORMAT = "recordingFormatType";

    /** What can be recorded. */
    private enum ContentType {
        AUDIO
    }

    /** @throws MalformedRequest when it is not such a request, or asks for a file that cannot be made */
    public static StartRecordingRequest read(JsonBody json, OutboundPolicy outbound) {
        Fields.constant(json, "recordingContentType", ContentType.class, ContentType.AUDIO);
        StartRecordingRequest request = new StartRecordingRequest(
                Fields.callbackUri(json, "recordingStateCallbackUri", outbound),
                Fields.constant(json, "recordingChannelType", Recording.Channels.class, Recording.Channels.MIXED),
                Fields.constant(json, FORMAT, Recording.Format.class, Recording.Format.WAV));
        if (request.channels() == Recording.Channels.UNMIXED && request.format() == Recording.Format.MP3) {
            throw new MalformedRequest(
                    FORMAT + " is mp3, which has no channel for each participant; accepted for unmixed: wav", FORMAT);
        }
        return request;
    }
}
