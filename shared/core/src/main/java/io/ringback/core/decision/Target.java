package io.ringback.core.decision;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * One stream of effects of a call: its media commands, or the events for one callback URI (its query ignored).
 *
 * @param key {@code media}, or {@code cb-} and 22 characters that stand for the URI
 */
public record Target(String key) {
    public static final Target MEDIA = new Target("media");
    private static final String CALLBACK = "cb-";

    /** The delivery stream of a callback URI. Two URIs that differ in their query only are one stream. */
    public static Target ofCallback(URI uri) {
        String text = uri.toString();
        int query = text.indexOf('?');
        String stream = query < 0 ? text : text.substring(0, query);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(stream.getBytes(StandardCharsets.UTF_8));
            return new Target(
                    CALLBACK + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public boolean isCallback() {
        return key.startsWith(CALLBACK);
    }
}
