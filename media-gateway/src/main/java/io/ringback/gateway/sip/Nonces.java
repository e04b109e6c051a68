package io.ringback.gateway.sip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digest nonces (RFC 7616 §3.3): each says when it was made and proves that we made it, so that a challenge costs us no
 * memory. Only one that was used with success is remembered, with the highest count that it was used with: a request
 * that is sent once more by somebody else has a count that was seen before. Thread-safe.
 */
final class Nonces {
    static final Duration LIFE = Duration.ofMinutes(5);

    /** What is forgotten to make room is stale from then on, and so is all that is older. */
    static final int REMEMBERED = 4096;

    private static final int TIME_BYTES = Long.BYTES;
    private static final int SALT_BYTES = 8;
    private static final int PROOF_BYTES = 16;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec secret;
    private final Supplier<String> tokens;
    private final InstantSource clock;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private long forgottenUntil = Long.MIN_VALUE;

    /** What a nonce is worth. */
    enum Worth {
        GOOD,
        /** Ours, but too old: the sender may try again with a new one, without asking its user. */
        STALE,
        /** None of ours. */
        FOREIGN
    }

    /** @param tokens random text; the first is the secret */
    Nonces(Supplier<String> tokens, InstantSource clock) {
        this.secret = new SecretKeySpec((tokens.get() + tokens.get()).getBytes(StandardCharsets.US_ASCII), HMAC);
        this.tokens = tokens;
        this.clock = clock;
    }

    String fresh() {
        byte[] salt = Arrays.copyOf(tokens.get().getBytes(StandardCharsets.US_ASCII), SALT_BYTES);
        byte[] said = ByteBuffer.allocate(TIME_BYTES + SALT_BYTES)
                .putLong(clock.millis())
                .put(salt)
                .array();
        byte[] nonce = ByteBuffer.allocate(said.length + PROOF_BYTES)
                .put(said)
                .put(proof(said))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    Worth worth(String nonce) {
        long made = madeAt(nonce);
        if (made < 0) {
            return Worth.FOREIGN;
        }
        long age = clock.millis() - made;
        return age < 0 || age > LIFE.toMillis() ? Worth.STALE : Worth.GOOD;
    }

    /** Notes that a good nonce was used with this count; false if that count may have been used before. */
    synchronized boolean use(String nonce, long count) {
        Long highest = counts.get(nonce);
        if (highest == null ? madeAt(nonce) <= forgottenUntil : count <= highest) {
            return false;
        }
        counts.put(nonce, count);
        if (counts.size() > REMEMBERED) {
            String eldest = counts.keySet().iterator().next();
            counts.remove(eldest);
            forgottenUntil = Math.max(forgottenUntil, madeAt(eldest));
        }
        return true;
    }

    /** In ms since the epoch; -1 for one that we did not make. */
    private long madeAt(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return -1;
        }
        if (bytes.length != TIME_BYTES + SALT_BYTES + PROOF_BYTES) {
            return -1;
        }
        byte[] said = Arrays.copyOf(bytes, TIME_BYTES + SALT_BYTES);
        byte[] proof = Arrays.copyOfRange(bytes, said.length, bytes.length);
        return MessageDigest.isEqual(proof, proof(said))
                ? ByteBuffer.wrap(bytes).getLong()
                : -1;
    }

    private byte[] proof(byte[] said) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return Arrays.copyOf(mac.doFinal(said), PROOF_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
