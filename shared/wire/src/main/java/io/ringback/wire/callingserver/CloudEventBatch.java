package io.ringback.wire.callingserver;

import io.ringback.core.decision.Effect;
import io.ringback.wire.json.Json;
import java.time.Instant;
import java.util.List;

/** Writes an event as it is POSTed: a CloudEvents 1.0 JSON batch of exactly one event (native API §4). */
public final class CloudEventBatch {
    private final RecordingUrls urls;
    private final IncomingCallContexts contexts;

    public CloudEventBatch(RecordingUrls urls, IncomingCallContexts contexts) {
        this.urls = urls;
        this.contexts = contexts;
    }

    /** The body of the POST. */
    public String encode(String serverCallId, Effect.Notify notify) {
        String source = EventData.source(serverCallId, notify);
        return Json.write(List.of(new CloudEvent(
                "1.0",
                notify.id(),
                EventType.of(notify.event()).wireName(),
                source,
                source,
                notify.time(),
                "application/json",
                EventData.sequence(notify),
                serverCallId,
                EventData.of(serverCallId, notify, urls, contexts))));
    }

    /** CloudEvents attribute names are lower case throughout, as these components are. */
    private record CloudEvent(
            String specversion,
            String id,
            String type,
            String source,
            String subject,
            Instant time,
            String datacontenttype,
            String sequence,
            String partitionkey,
            EventData data) {}
}
