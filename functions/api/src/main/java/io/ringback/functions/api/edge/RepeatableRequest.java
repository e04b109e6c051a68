package io.ringback.functions.api.edge;

import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.repeat.AnswerSeal;
import io.ringback.wire.repeat.KeptAnswer;
import io.ringback.wire.repeat.Repeatability;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** A request that its client may send again: what makes it the same, and how its answer is kept and found again. */
final class RepeatableRequest {
    private final String id;
    private final String request;
    private final String content;
    private final Instant at;
    private final Instant expiresAt;
    private final AnswerSeal seal;

    /**
     * A request with usable headers.
     *
     * @param version the api-version that was asked for: an answer in another dialect is another answer
     * @param at now
     */
    RepeatableRequest(
            Repeatability.Repeatable headers,
            String method,
            String path,
            String version,
            byte[] body,
            Instant at,
            AnswerSeal seal) {
        this.id = headers.id();
        // The id has a fixed length and a method no line break, so no two requests are one text.
        this.request = hash((method + "\n" + path + "\n" + id).getBytes(StandardCharsets.UTF_8));
        this.content = hash(version.getBytes(StandardCharsets.UTF_8), body);
        this.at = at;
        this.expiresAt = headers.firstSent().plus(Repeatability.LIFE);
        this.seal = seal;
    }

    /** What two requests have in common that are the same: a table belongs to one deployment, so who sent it is known. */
    String request() {
        return request;
    }

    boolean hasContentOf(FirstAnswer first) {
        return content.equals(first.content());
    }

    /** The answer as it is kept. */
    FirstAnswer keep(ApiAnswer answer, List<StreamRef> streams) {
        KeptAnswer kept = new KeptAnswer(answer.status(), answer.headers(), answer.body(), answer.serverCallId());
        return new FirstAnswer(request, content, seal.seal(id, request, kept), streams, at, expiresAt);
    }

    /** The answer as it was given. */
    ApiAnswer open(FirstAnswer first) {
        KeptAnswer kept = seal.open(id, request, first.sealed());
        return new ApiAnswer(kept.status(), kept.headers(), kept.body(), false, null, kept.serverCallId());
    }

    private static String hash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
                digest.update((byte) '\n');
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
