package io.ringback.webhooks;

import io.ringback.webhooks.Verification.Authentic;
import io.ringback.webhooks.Verification.Reason;
import io.ringback.webhooks.Verification.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For applications that receive callbacks: tells those of their own Ringback from all others.
 *
 * <pre>{@code
 * WebhookVerifier verifier = new WebhookVerifier(List.of("whsec_…"));
 *
 * void handle(HttpExchange exchange) throws IOException {
 *     byte[] body = exchange.getRequestBody().readAllBytes();
 *     if (verifier.verify(exchange.getRequestHeaders()::getFirst, body) instanceof Verification.Refused refused) {
 *         // answer 401, log refused.message()
 *     }
 *     …
 * }
 * }</pre>
 *
 * <p>The body has to be the bytes that came, before anything parses them. Give every secret that is live, the new one
 * before the sender begins to use it alone: one that fits is enough. Whether it fits takes the same time to find out,
 * whatever differs. Safe for several threads.
 */
public final class WebhookVerifier {
    /** How far the time of sending may be from ours, both ways. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private final List<WebhookSecret> secrets;
    private final InstantSource clock;

    /**
     * Verifies by the system's clock.
     *
     * @param secrets each {@code whsec_<base64>}
     * @throws IllegalArgumentException when there is none, or one is no secret
     */
    public WebhookVerifier(List<String> secrets) {
        this(secrets, InstantSource.system());
    }

    /** The same with a clock of one's own. */
    public WebhookVerifier(List<String> secrets, InstantSource clock) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("there is no webhook secret");
        }
        this.secrets = secrets.stream().map(WebhookSecret::parse).toList();
        this.clock = clock;
    }

    /** The headers of a request, as every HTTP server has them: {@code request::getHeader}. */
    @FunctionalInterface
    public interface Headers {
        /**
         * The first value of a header, or null when the request has none of this name.
         *
         * @param name in lower case
         */
        @Nullable
        String first(String name);
    }

    /**
     * Looks at a request.
     *
     * @param body byte for byte as it came
     */
    public Verification verify(Headers headers, byte[] body) {
        String id = headers.first(WebhookHeaders.ID);
        String timestamp = headers.first(WebhookHeaders.TIMESTAMP);
        String signatures = headers.first(WebhookHeaders.SIGNATURE);
        if (id == null || timestamp == null || signatures == null || id.isEmpty() || signatures.isBlank()) {
            return new Refused(
                    Reason.HEADER_MISSING,
                    "needed are the headers " + WebhookHeaders.ID + ", " + WebhookHeaders.TIMESTAMP + " and "
                            + WebhookHeaders.SIGNATURE);
        }
        if (!SECONDS.matcher(timestamp).matches()) {
            return new Refused(
                    Reason.TIMESTAMP_MALFORMED, WebhookHeaders.TIMESTAMP + " is not a number of seconds since 1970");
        }
        Instant sentAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        Duration age = Duration.between(sentAt, clock.instant());
        if (age.compareTo(TOLERANCE) > 0) {
            return new Refused(Reason.TOO_OLD, "it was sent " + age.toSeconds() + " s ago");
        }
        if (age.negated().compareTo(TOLERANCE) > 0) {
            return new Refused(Reason.TOO_NEW, "it was sent " + age.negated().toSeconds() + " s from now");
        }
        return isSigned(new SignedContent(id, timestamp, body), signatures)
                ? new Authentic(id, sentAt)
                : new Refused(Reason.WRONG_SIGNATURE, "no signature fits id, time, body and a live secret");
    }

    /** Tries every secret with every signature, whether one has fitted already or not. */
    private boolean isSigned(SignedContent content, String signatures) {
        boolean signed = false;
        for (WebhookSecret secret : secrets) {
            byte[] right = secret.signature(content).getBytes(StandardCharsets.UTF_8);
            for (String signature : signatures.split(" ", -1)) {
                signed |= MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        return signed;
    }
}
