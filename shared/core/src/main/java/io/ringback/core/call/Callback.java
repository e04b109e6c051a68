package io.ringback.core.call;

import java.net.URI;

/**
 * Where events go and in which dialect they are written.
 *
 * @param uri the callback URI with its query
 * @param apiVersion the {@code api-version} of the request that named it, or {@link #EVENT_GRID}; opaque here
 */
public record Callback(URI uri, String apiVersion) {
    /** The dialect of a subscription that asked for the Event Grid envelope. */
    public static final String EVENT_GRID = "eventGrid";
}
