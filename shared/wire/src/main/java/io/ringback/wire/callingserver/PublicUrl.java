package io.ringback.wire.callingserver;

import io.ringback.core.call.CallIds;
import java.net.URI;

/**
 * The addresses of recordings below the address of the API.
 *
 * @param url where the API is reached from outside, e.g. {@code https://calls.example.com}
 */
public record PublicUrl(URI url) implements RecordingUrls {
    @Override
    public URI content(String recordingId) {
        String serverCallId = CallIds.serverCallOf(recordingId)
                .orElseThrow(() -> new IllegalArgumentException("not the id of a recording: " + recordingId));
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/calling/serverCalls/"
                + serverCallId + "/recordings/" + recordingId + "/content");
    }
}
