package io.ringback.wire.callingserver;

import java.util.Map;

/** The envelopes in which events are POSTed. */
public enum Envelope {
    /** A batch of one CloudEvent, as every callback URI gets it (native API §4). */
    CLOUD_EVENTS("application/cloudevents-batch+json"),
    /** An array of one event, for subscriptions that asked for it (native API §5). */
    EVENT_GRID("application/json");

    /** A CloudEvent's first member is its {@code specversion}. */
    private static final String EVENT_GRID_BEGINNING = "[{\"id\":";

    private final String contentType;

    Envelope(String contentType) {
        this.contentType = contentType;
    }

    /** The envelope in which this body was written here: what waits for delivery is a body and nothing else. */
    public static Envelope of(String body) {
        return body.startsWith(EVENT_GRID_BEGINNING) ? EVENT_GRID : CLOUD_EVENTS;
    }

    public String contentType() {
        return contentType;
    }

    /** What is sent beside the content type. */
    public Map<String, String> headers() {
        return this == EVENT_GRID ? Map.of(EventGridHandshake.HEADER, "Notification") : Map.of();
    }
}
