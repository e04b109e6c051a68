package io.ringback.wire.callingserver;

import io.ringback.core.call.CallIds;
import java.net.URI;

/**
 * The addresses under which recordings are fetched.
 *
 * @param publicUrl where the API is reached from outside, e.g. {@code https://calls.example.com}
 */
public record RecordingUrls(URI publicUrl) {
    /** The address of GetRecordingContent for this recording (native API §2). */
    public URI content(String recordingId) {
        String serverCallId = CallIds.serverCallOf(recordingId)
                .orElseThrow(() -> new IllegalArgumentException("not the id of a recording: " + recordingId));
        String base = publicUrl.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/calling/serverCalls/"
                + serverCallId + "/recordings/" + recordingId + "/content");
    }
}
