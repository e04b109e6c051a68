package io.ringback.webhooks;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What sender and receiver share, written {@code whsec_} and the base64 of its 24 to 64 bytes. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";
    private static final String SCHEME = "v1,";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final SecretKeySpec key;

    private WebhookSecret(byte[] bytes) {
        key = new SecretKeySpec(bytes, HMAC);
    }

    /**
     * Reads a secret as the operator shows it.
     *
     * @throws IllegalArgumentException when it is none; the message does not repeat it
     */
    public static WebhookSecret parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook secret begins with " + PREFIX);
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            // The cause is left out: its message may hold a piece of the secret.
            throw new IllegalArgumentException("what follows " + PREFIX + " in a webhook secret is not base64");
        }
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a webhook secret has " + LEAST_BYTES + " to " + MOST_BYTES + " bytes");
        }
        return new WebhookSecret(bytes);
    }

    /** One entry of the header {@code webhook-signature}. */
    String signature(SignedContent content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(content.beginning());
            return SCHEME + Base64.getEncoder().encodeToString(mac.doFinal(content.body()));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
