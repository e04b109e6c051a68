package io.ringback.aws;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where a page of an answer ended, as the asker keeps it: opaque to it, and good for the same question only. The check
 * in it tells a token that was changed or mixed up; it is no signature, so that what stands in it is still to be judged
 * by whoever opens it.
 */
public final class PageToken {
    private static final int CHECK = 9;
    private static final int LONGEST = 1024;
    private static final String SEPARATOR = "\n";

    private PageToken() {}

    /** @param position texts without a line break */
    public static String seal(String question, List<String> position) {
        byte[] body = String.join(SEPARATOR, position).getBytes(StandardCharsets.UTF_8);
        byte[] token = ByteBuffer.allocate(CHECK + body.length)
                .put(check(question, body))
                .put(body)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The position, if this is a token for the question. */
    public static Optional<List<String>> open(String question, String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length < CHECK) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(bytes, CHECK, bytes.length);
        return Arrays.equals(check(question, body), Arrays.copyOf(bytes, CHECK))
                ? Optional.of(List.of(new String(body, StandardCharsets.UTF_8).split(SEPARATOR, -1)))
                : Optional.empty();
    }

    private static byte[] check(String question, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(question.getBytes(StandardCharsets.UTF_8));
            digest.update(SEPARATOR.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(body), CHECK);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
