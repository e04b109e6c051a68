package io.ringback.functions.api.content;

import io.ringback.wire.access.LiveKeys;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Links to the content of a recording that carry their own permission for a short time, for clients that cannot sign:
 * {@code ?expires=<seconds>&signature=<base64url>}.
 */
public final class ContentLinks {
    public static final String EXPIRES = "expires";
    public static final String SIGNATURE = "signature";

    /** How long a link works. */
    public static final Duration VALIDITY = Duration.ofMinutes(10);

    /** No request's string to sign begins like this, so neither signature can stand for the other. */
    private static final String PURPOSE = "recording-content-link";

    private final LiveKeys keys;
    private final InstantSource clock;

    public ContentLinks(LiveKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A link to this content that works for ten minutes. */
    public URI link(URI content) {
        long expires = clock.instant().plus(VALIDITY).getEpochSecond();
        byte[] signature = keys.sign(text(content.getPath(), expires));
        return URI.create(content + "?" + EXPIRES + "=" + expires + "&" + SIGNATURE + "="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    /** Whether these parameters permit to read the content at this path now. */
    public boolean permits(String path, String expires, String signature) {
        Optional<Long> end = seconds(expires);
        if (end.isEmpty() || !clock.instant().isBefore(Instant.ofEpochSecond(end.get()))) {
            return false;
        }
        try {
            return keys.signed(text(path, end.get()), Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            // Not base64: nobody signed that.
            return false;
        }
    }

    private static Optional<Long> seconds(String text) {
        return text.matches("[0-9]{1,11}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static String text(String path, long expires) {
        return PURPOSE + "\n" + path + "\n" + expires;
    }
}
