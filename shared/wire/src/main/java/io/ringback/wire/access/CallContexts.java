package io.ringback.wire.access;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code incomingCallContext}: the permission to decide, once and in the name of one event subscription, about a
 * call that came in (native API §1). Opaque to whoever holds it, which is base64url of
 *
 * <pre>
 * HMAC-SHA256 (32 bytes) | serverCallId LF subscriptionId LF end of the ringing, in seconds since 1970
 * </pre>
 *
 * That it is used once is the call's own matter.
 */
public final class CallContexts {
    /** Longest context that is looked at. */
    public static final int MAX_LENGTH = 512;

    /** No request's string to sign begins like this, so neither signature can stand for the other. */
    private static final String PURPOSE = "incoming-call-context";

    private static final int SIGNATURE_LENGTH = 32;
    private static final Pattern CONTENT = Pattern.compile("([A-Za-z0-9_-]+)\n([A-Za-z0-9_-]+)\n([0-9]{1,11})");

    private final LiveKeys keys;
    private final InstantSource clock;

    public CallContexts(LiveKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A context that lets one subscription decide about this call.
     *
     * @param ringsUntil when it expires; what is beyond its second is cut off
     */
    public String context(String serverCallId, String subscriptionId, Instant ringsUntil) {
        String content = serverCallId + "\n" + subscriptionId + "\n" + ringsUntil.getEpochSecond();
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        byte[] signed = Arrays.copyOf(keys.sign(signedText(content)), SIGNATURE_LENGTH + bytes.length);
        System.arraycopy(bytes, 0, signed, SIGNATURE_LENGTH, bytes.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /** What a context permits now. */
    public Reading read(String context) {
        return Optional.of(context)
                .filter(text -> text.length() <= MAX_LENGTH)
                .flatMap(this::content)
                .map(CONTENT::matcher)
                .filter(Matcher::matches)
                .<Reading>map(content -> isOver(content.group(3))
                        ? new Reading.Expired()
                        : new Reading.Valid(content.group(1), content.group(2)))
                .orElseGet(Reading.Forged::new);
    }

    /** What was signed, if it was. Whether it was takes the same time to find out, whatever differs. */
    private Optional<String> content(String context) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(context);
        } catch (IllegalArgumentException e) {
            // Not base64: nobody signed that.
            return Optional.empty();
        }
        if (bytes.length <= SIGNATURE_LENGTH) {
            return Optional.empty();
        }
        String content =
                new String(bytes, SIGNATURE_LENGTH, bytes.length - SIGNATURE_LENGTH, StandardCharsets.US_ASCII);
        return keys.signed(signedText(content), Arrays.copyOf(bytes, SIGNATURE_LENGTH))
                ? Optional.of(content)
                : Optional.empty();
    }

    private boolean isOver(String seconds) {
        return !clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(seconds)));
    }

    private static String signedText(String content) {
        return PURPOSE + "\n" + content;
    }

    /** What became of the look at a context. */
    public sealed interface Reading {
        /** It permits to decide about this call. */
        record Valid(String serverCallId, String subscriptionId) implements Reading {}

        /** It was signed here, but the ringing is over. */
        record Expired() implements Reading {}

        /** It is garbled, or was never signed here. */
        record Forged() implements Reading {}
    }
}
