package io.ringback.wire.repeat;

import io.ringback.wire.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals kept answers, for one of them has a password in it: AES-128-GCM under a key that comes from the client's request
 * id (HKDF-SHA256, RFC 5869). The table holds that id as a hash only, so that who reads the table reads no answers; who
 * sends the request again brings the key along.
 */
public final class AnswerSeal {
    private static final byte[] SALT = "ringback first answer".getBytes(StandardCharsets.US_ASCII);
    private static final String HMAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final RandomGenerator random;

    /** @param random of nonces; nobody may be able to foretell it */
    public AnswerSeal(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Seals.
     *
     * @param id the client's, which opens it
     * @param request which request it answers; it is no answer to another one
     */
    public String seal(String id, String request, KeptAnswer answer) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(
                Cipher.ENCRYPT_MODE, id, request, nonce, Json.write(answer).getBytes(StandardCharsets.UTF_8));
        byte[] whole = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return Base64.getEncoder().encodeToString(whole);
    }

    /** Opens what was sealed with the same two; anything else is a foreign item: {@link IllegalStateException}. */
    public KeptAnswer open(String id, String request, String sealed) {
        byte[] whole = Base64.getDecoder().decode(sealed);
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        byte[] text =
                crypt(Cipher.DECRYPT_MODE, id, request, nonce, Arrays.copyOfRange(whole, NONCE_BYTES, whole.length));
        try {
            return Json.mapper().readValue(text, KeptAnswer.class);
        } catch (IOException e) {
            throw new IllegalStateException("the answer to " + request + " is none", e);
        }
    }

    private static byte[] crypt(int mode, String id, String request, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key(id, request), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the answer to " + request + " cannot be sealed or opened", e);
        }
    }

    /** HKDF with one block of output, which is more than the key needs. */
    private static SecretKey key(String id, String request) throws GeneralSecurityException {
        byte[] extracted = hmac(SALT, id.getBytes(StandardCharsets.US_ASCII));
        byte[] expanded = hmac(extracted, (request + "\u0001").getBytes(StandardCharsets.US_ASCII));
        return new SecretKeySpec(expanded, 0, KEY_BYTES, "AES");
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(text);
    }
}
