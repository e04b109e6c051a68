package io.ringback.core.port;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Events that were given up, with every answer (native API §4). One that is to be sent again is no dead letter while it
 * waits; its number, its id and its body stay as they are, so it comes late.
 */
public interface DeadLetters {
    /** How many letters a page may have at most. */
    int MOST = 100;

    /** How long a letter is kept after it was given up. */
    Duration KEPT = Duration.ofDays(7);

    /** Lists letters, the longest dead first. May lag behind by a moment. */
    Answer list(Question question);

    /**
     * Lets the letter be sent again, by its stream and in its turn; whoever asks twice changes nothing.
     *
     * @param id of the letter, as a list tells it
     * @param firstAnswer kept with it; null when the request will not come again
     */
    Redrive redrive(String id, @Nullable FirstAnswer firstAnswer);

    /**
     * Keeps what a request was answered that let many letters be sent again. Unlike other answers it is kept behind what
     * the request did: done again, that changes nothing for what still waits.
     *
     * @return false when the same request has an answer already
     */
    boolean remember(FirstAnswer firstAnswer);

    /**
     * What is asked for. Letters that die after the first page was read are in none of its successors.
     *
     * @param serverCallId null for those of all calls
     * @param callbackUri where the letter was to go begins with it: same scheme, host and port, and a path that begins
     *     with its path; null for anywhere
     * @param top how many at most, 1 to {@link #MOST}
     * @param continuationToken where an earlier page ended; null begins
     */
    record Question(
            @Nullable String serverCallId,
            @Nullable URI callbackUri,
            int top,
            @Nullable String continuationToken) {

        /** Whether a letter to this address is asked for. */
        public boolean meets(URI destination) {
            return callbackUri == null
                    || (origin(callbackUri).equals(origin(destination))
                            && path(destination).startsWith(path(callbackUri)));
        }

        private static String origin(URI uri) {
            return (uri.getScheme() + "://" + uri.getHost() + ":" + port(uri)).toLowerCase(Locale.ROOT);
        }

        private static int port(URI uri) {
            if (uri.getPort() >= 0) {
                return uri.getPort();
            }
            return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        }

        private static String path(URI uri) {
            String path = uri.getRawPath();
            return path == null || path.isEmpty() ? "/" : path;
        }
    }

    /** What a reader gets. */
    sealed interface Answer {
        /**
         * Some of the letters; at times fewer than asked for while more are left, because work and size are bounded.
         *
         * @param continuationToken where the next page begins; null when nothing is left
         */
        record Page(List<Letter> letters, @Nullable String continuationToken) implements Answer {
            public Page {
                letters = List.copyOf(letters);
            }
        }

        /** The token was not made by us, or for another question. */
        record InvalidToken() implements Answer {}
    }

    /**
     * An event that was given up.
     *
     * @param id names the letter: its row and its number
     * @param destination where it was to go, without user and query, for these may hold secrets
     * @param deadAt when it was last given up
     * @param attempts all that were ever made at it
     */
    record Letter(
            String id,
            StreamRef stream,
            Outbox.Item event,
            URI destination,
            Instant deadAt,
            List<Outbox.Attempt> attempts) {
        public Letter {
            attempts = List.copyOf(attempts);
        }
    }

    /** What became of the wish to send a letter again. */
    sealed interface Redrive {
        /** It waits in this stream: poke it. */
        record Waiting(StreamRef stream) implements Redrive {}

        /** There is no such letter: there never was, its time is up, or it was delivered meanwhile. */
        record Unknown() implements Redrive {}

        /** The log of its row has no room for further attempts. */
        record LogFull() implements Redrive {}

        /** The same request was carried out meanwhile: its answer is kept. */
        record Repeated() implements Redrive {}

        /** Others changed its row too often at the same time. */
        record Crowded() implements Redrive {}
    }
}
