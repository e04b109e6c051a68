package io.ringback.wire.callingserver;

import java.net.URI;

/** Tells where the content of a recording is fetched (native API §2, GetRecordingContent). */
@FunctionalInterface
public interface RecordingUrls {
    URI content(String recordingId);
}
