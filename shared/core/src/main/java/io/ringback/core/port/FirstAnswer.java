package io.ringback.core.port;

import java.time.Instant;
import java.util.List;

/**
 * What an accepted request was answered, kept in the transaction that carried it out: whoever sends the request again is
 * answered the same, and nothing is done twice (native API §7).
 *
 * @param request a hash of what makes two requests the same: method, path and the client's id
 * @param content a hash of the body and of what else must not differ
 * @param sealed the answer, readable with the client's id only
 * @param streams what the request woke; woken again with it, since the first waking may have got lost
 * @param at when it was answered
 * @param expiresAt in whole seconds; from the second after it on the request is another one
 */
public record FirstAnswer(
        String request, String content, String sealed, List<StreamRef> streams, Instant at, Instant expiresAt) {
    /** What an answer may have sealed, in characters: far more than any has, and little of an item. */
    public static final int LONGEST = 100 * 1024;

    public FirstAnswer {
        if (sealed.length() > LONGEST) {
            throw new IllegalArgumentException("an answer of " + sealed.length() + " characters is none to keep");
        }
        streams = List.copyOf(streams);
    }

    /** Expiry is counted in whole seconds, as the table counts it. */
    public boolean isExpired(Instant now) {
        return expiresAt.getEpochSecond() < now.getEpochSecond();
    }
}
