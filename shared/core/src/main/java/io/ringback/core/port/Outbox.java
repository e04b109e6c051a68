package io.ringback.core.port;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The effects that were committed and wait to be done, stream by stream and in order. */
public interface Outbox {
    /** How many keys the due rows are spread over. */
    int DUE_SHARDS = 16;

    /** Reads the stream's unfinished rows in order, strongly consistent, up to a hole or to {@code limit} rows. */
    Reading read(StreamRef stream, int limit);

    /**
     * Notes that the first {@code done} effects of the row are finished (delivered, dead or void); when all are, the
     * row is no longer due and the cursor moves behind it.
     *
     * @param attempts those made since the row was read; one of them finished each effect
     * @return the row as it is now; empty when another consumer was faster: stop
     */
    Optional<Row> advance(Row row, int done, List<Attempt> attempts, Instant now);

    /**
     * Notes a failed attempt at effect {@code row.done()}; the row becomes due 30 s after the planned next attempt.
     *
     * @return the row as it is now; empty when another consumer was faster: stop
     */
    Optional<Row> postpone(Row row, Attempt attempt, Instant nextAttempt);

    /**
     * Notes the attempt that finished a dead letter's further delivery: delivered, void, or dead again.
     *
     * @return false when another consumer was faster: stop
     */
    boolean settle(Redriven redriven, Attempt attempt, Instant now);

    /**
     * Notes a failed attempt at a dead letter; its row becomes due with the planned next attempt.
     *
     * @return false when another consumer was faster: stop
     */
    boolean postpone(Redriven redriven, Attempt attempt, Instant nextAttempt);

    /**
     * Notes that effect {@code row.done()} is not to be attempted before this moment, without counting a failure; the row
     * becomes due 30 s after it.
     *
     * @param note why, for the delivery log; null when that stands there already, or often enough
     * @return the row as it is now; empty when another consumer was faster: stop
     */
    Optional<Row> hold(Row row, @Nullable Attempt note, Instant until);

    /**
     * Streams with a row that was due before {@code now}, the longest waiting first: what the sweeper pokes. May lag
     * behind.
     *
     * @param shard 0 to 15
     */
    List<StreamRef> due(int shard, Instant now, int limit);

    /**
     * What lies ahead in a stream.
     *
     * @param hole true when a later number is there but the next one is not yet: look again after 1 s
     * @param afterDead true when the last effect that was finished became a dead letter when its turn came: the next one
     *     starts at the last step of the retry schedule
     * @param redriven the dead letter with the lowest number of those that wait to be sent again; null when none does
     */
    record Reading(
            List<Row> rows,
            boolean hole,
            boolean afterDead,
            @Nullable Redriven redriven) {
        public Reading {
            rows = List.copyOf(rows);
        }
    }

    /**
     * All effects of one commit for one target.
     *
     * @param done how many of its effects are finished, from the front
     * @param attemptsInARow failed attempts at the first unfinished effect
     * @param nextAttempt not before this moment; null for at once
     * @param redriven true while dead letters of it wait to be sent again: it stays due
     * @param revision what {@code advance} and {@code postpone} compare
     */
    record Row(
            StreamRef stream,
            long firstSequence,
            List<Item> items,
            int done,
            int attemptsInARow,
            @Nullable Instant nextAttempt,
            boolean redriven,
            long revision) {
        public Row {
            items = List.copyOf(items);
        }

        /** The sequence number behind its last effect. */
        public long nextSequence() {
            return firstSequence + items.size();
        }

        public boolean isFinished() {
            return done == items.size();
        }
    }

    /**
     * A dead letter that waits to be sent again ({@link DeadLetters}).
     *
     * @param firstSequence of its row
     * @param since when it was asked for: its schedule and its time begin then
     * @param attemptsInARow failed attempts since then
     * @param nextAttempt not before this moment; null for at once
     */
    record Redriven(
            StreamRef stream,
            long firstSequence,
            Item event,
            Instant since,
            int attemptsInARow,
            @Nullable Instant nextAttempt) {}

    /**
     * One effect, encoded.
     *
     * @param sequence within the stream
     * @param id the event's id; for a media command its name
     * @param type the event's type as on the wire, or the name of the media command
     * @param destination the callback URI with its query; null for media commands
     * @param occurredAt when it was decided
     * @param notAfter after this moment it is not attempted any more: {@code Effect.notAfter}
     * @param body what is sent, UTF-8 JSON
     */
    record Item(
            long sequence,
            String id,
            String type,
            @Nullable URI destination,
            Instant occurredAt,
            Instant notAfter,
            String body) {}

    /**
     * One attempt at one effect: the delivery log. What is sent again after it died has attempts behind the one that
     * finished it.
     *
     * @param status HTTP status, or 0 when there was no answer
     * @param detail what went wrong, for people; of a longer text the beginning is kept
     */
    record Attempt(long sequence, Instant at, Outcome outcome, int status, String detail) {
        /** How long a detail is at most, in UTF-8: hundreds of attempts have to fit a row. */
        public static final int DETAIL_BYTES = 256;

        /** The two highest bits of a byte of UTF-8 that does not begin a character. */
        private static final int CONTINUES = 0xC0;

        private static final int CONTINUED = 0x80;

        public Attempt {
            detail = beginning(detail);
        }

        /**
         * Half a character at the end is left out. Half a surrogate pair, where somebody has cut the text before, becomes a
         * question mark: nobody could write it down in an answer.
         */
        private static String beginning(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int end = Math.min(bytes.length, DETAIL_BYTES);
            while (end < bytes.length && (bytes[end] & CONTINUES) == CONTINUED) {
                end--;
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        }

        /** What an attempt came to. */
        public enum Outcome {
            DELIVERED,
            FAILED,
            DEAD,
            VOID,
            /** It was not made: the receiver's endpoint is being left alone. */
            HELD;

            /** Whether nothing more is to be done for its effect. */
            public boolean isLast() {
                return this != FAILED && this != HELD;
            }
        }
    }
}
