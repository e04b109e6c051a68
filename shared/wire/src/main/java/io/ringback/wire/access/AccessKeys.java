package io.ringback.wire.access;

import com.fasterxml.jackson.core.JacksonException;
import io.ringback.wire.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The live access keys: one, or two while they rotate. Each is a base64 text; its bytes are the key of the HMAC.
 * Comparisons take the same time whatever differs, and every key is tried.
 */
public final class AccessKeys {
    private static final String HMAC = "HmacSHA256";

    private final List<String> keys;

    /** @throws IllegalArgumentException when there is no key, or one is not base64 */
    public AccessKeys(List<String> keys) {
        this.keys = List.copyOf(keys);
        if (this.keys.isEmpty()) {
            throw new IllegalArgumentException("there is no access key");
        }
        this.keys.forEach(AccessKeys::bytes);
    }

    /**
     * Reads the keys from their secret, {@code {"accessKeys": ["<base64>", "<base64>"]}}.
     *
     * @throws IllegalArgumentException when it is something else; the message does not repeat it
     */
    public static AccessKeys parse(String secret) {
        try {
            return new AccessKeys(Json.mapper().readValue(secret, Secret.class).accessKeys());
        } catch (JacksonException e) {
            // The cause is left out: its message may hold a piece of the secret.
            throw new IllegalArgumentException("the secret is not {\"accessKeys\": [\"<base64>\", …]}");
        }
    }

    /** True when the token is the text of a live key. */
    boolean isKey(String token) {
        boolean found = false;
        for (String key : keys) {
            found |= sameBytes(key.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        }
        return found;
    }

    /** True when the signature is the HMAC-SHA256 of the text under a live key. */
    public boolean signed(String text, byte[] signature) {
        boolean found = false;
        for (String key : keys) {
            found |= sameBytes(hmac(key, text), signature);
        }
        return found;
    }

    /** The HMAC-SHA256 of the text under the first key. */
    public byte[] sign(String text) {
        return hmac(keys.get(0), text);
    }

    static boolean sameBytes(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private static byte[] hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes(key), HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    private static byte[] bytes(String key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("an access key is not base64");
        }
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an access key is empty");
        }
        return bytes;
    }

    private record Secret(List<String> accessKeys) {}
}
