package io.ringback.core.port;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a call changed, as its history keeps it and its timeline tells it.
 *
 * @param name of the command or of the media event, e.g. {@code CreateCall} or {@code LegConnected}
 * @param at when it was decided; for a media event when it happened, by the gateway's clock
 * @param details what is worth telling of it, in the order of its components: {@link Details}
 */
public record Cause(Kind kind, String name, Instant at, Map<String, String> details) {
    /** Where it came from. */
    public enum Kind {
        /** An application asked for it. */
        REQUEST,
        /** The media gateway reported it. */
        MEDIA_EVENT,
        /** The service itself made up for a loss. */
        SYSTEM
    }

    public Cause {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
