package io.ringback.core.port;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The effects that were committed and wait to be done, stream by stream and in order. */
public interface Outbox {
    /** Reads the stream's rows after its cursor, strongly consistent, up to a hole or to {@code limit} rows. */
    Reading read(StreamRef stream, int limit);

    /**
     * Notes that the first {@code done} effects of the row are finished (delivered, dead or void); when all are, the
     * row is no longer due and the cursor moves behind it.
     *
     * @return false when another consumer was faster: stop
     */
    boolean advance(Row row, int done, List<Attempt> attempts, Instant now);

    /**
     * Notes a failed attempt at effect {@code row.done()}; the row becomes due 30 s after the planned next attempt.
     *
     * @return false when another consumer was faster: stop
     */
    boolean postpone(Row row, Attempt attempt, Instant nextAttempt);

    /** Streams with a row that was due before {@code now}: what the sweeper pokes. {@code shard} is 0 to 15. */
    List<StreamRef> due(int shard, Instant now, int limit);

    /**
     * What lies ahead in a stream.
     *
     * @param hole true when a later number is there but the next one is not yet: look again after 1 s
     */
    record Reading(List<Row> rows, boolean hole) {}

    /**
     * All effects of one commit for one target.
     *
     * @param done how many of its effects are finished, from the front
     * @param attemptsInARow failed attempts at the first unfinished effect
     * @param nextAttempt not before this moment; null for at once
     * @param revision what {@code advance} and {@code postpone} compare
     */
    record Row(
            StreamRef stream,
            long firstSequence,
            List<Item> items,
            int done,
            int attemptsInARow,
            @Nullable Instant nextAttempt,
            long revision) {}

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
     * One attempt at one effect: the delivery log.
     *
     * @param outcome {@code delivered}, {@code failed}, {@code dead} or {@code void}
     * @param status HTTP status, or 0 when there was no answer
     * @param detail what went wrong, for people; at most 256 characters
     */
    record Attempt(long sequence, Instant at, String outcome, int status, String detail) {}
}
