package io.ringback.wire.callingserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.core.decision.Effect;
import io.ringback.wire.json.Json;
import java.time.Instant;
import java.util.List;

/**
 * Writes an event as Event Grid's webhooks take it: a JSON array of exactly one event in the Event Grid schema (native
 * API §5). The data is the same as a CloudEvent's, with our {@code sequence} in it, because the schema has no place
 * beside it.
 */
public final class EventGridArray {
    /** Azure names a resource here; the deployment is the only one there is. */
    private static final String TOPIC = "ringback";

    private final RecordingUrls urls;
    private final IncomingCallContexts contexts;

    public EventGridArray(RecordingUrls urls, IncomingCallContexts contexts) {
        this.urls = urls;
        this.contexts = contexts;
    }

    /** The body of the POST. */
    public String encode(String serverCallId, Effect.Notify notify) {
        ObjectNode data = Json.mapper().valueToTree(EventData.of(serverCallId, notify, urls, contexts));
        data.put("sequence", EventData.sequence(notify));
        return write(
                notify.id(),
                EventData.source(serverCallId, notify),
                EventType.of(notify.event()).wireName(),
                notify.time(),
                data);
    }

    /** {@link Envelope} knows such a body by the id at its beginning. */
    static String write(String id, String subject, String eventType, Instant eventTime, Object data) {
        return Json.write(List.of(new Event(id, TOPIC, subject, eventType, eventTime, "1.0", "1", data)));
    }

    private record Event(
            String id,
            String topic,
            String subject,
            String eventType,
            Instant eventTime,
            String dataVersion,
            String metadataVersion,
            Object data) {}
}
