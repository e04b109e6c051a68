package io.ringback.aws.dynamodb;

import io.ringback.aws.PageToken;
import io.ringback.core.port.DeadLetters.Question;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where reading the dead letters goes on.
 *
 * @param until when the first page was read: what dies later is not told
 * @param shards behind which row of each key of the index
 * @param within the row that the page before told in part; {@link Within#NONE} else
 */
record DeadPosition(Instant until, List<Shard> shards, Within within) {
    private static final Pattern PARTITION = Pattern.compile("OUT#[A-Za-z0-9_-]{20}#(media|cb-[A-Za-z0-9_-]{22})");
    private static final Pattern SORT = Pattern.compile("[0-9]{12}");

    /** From here to there moments are written in the order in which they come. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Behind which row of a key.
     *
     * @param deadAt of the last row that was taken; empty before the first, {@code .} when there is no more
     */
    record Shard(String deadAt, String partition, String sort) {
        static final Shard UNREAD = new Shard("", "", "");
        static final Shard DONE = new Shard(".", "", "");

        static Shard behind(Map<String, AttributeValue> keys) {
            ItemReader reader = new ItemReader(keys);
            return new Shard(
                    reader.text(TableSchema.DEAD_AT),
                    reader.text(TableSchema.PARTITION_KEY),
                    reader.text(TableSchema.SORT_KEY));
        }

        boolean isUnread() {
            return equals(UNREAD);
        }

        boolean isDone() {
            return equals(DONE);
        }

        /** The key from which a query goes on; empty where it begins. */
        Map<String, AttributeValue> key(int number) {
            return isUnread() || isDone()
                    ? Map.of()
                    : new ItemWriter()
                            .text(TableSchema.PARTITION_KEY, partition)
                            .text(TableSchema.SORT_KEY, sort)
                            .text(TableSchema.DEAD_SHARD, OutboxRow.deadShard(number))
                            .text(TableSchema.DEAD_AT, deadAt)
                            .item();
        }

        /** Whether a query up to this moment can go on here. */
        boolean isBefore(Instant until) {
            return isUnread()
                    || isDone()
                    || (isRow(partition, sort)
                            && ItemWriter.format(Instant.parse(deadAt)).equals(deadAt)
                            && isBetween(FIRST, Instant.parse(deadAt), until));
        }
    }

    /** A row, and the last of its letters that was told. */
    record Within(String partition, String sort, long sequence) {
        static final Within NONE = new Within("", "", 0);

        static Within of(Map<String, AttributeValue> keys, long sequence) {
            Shard row = Shard.behind(keys);
            return new Within(row.partition(), row.sort(), sequence);
        }

        /** The last letter of this row that was told; 0 when none was. */
        long told(Map<String, AttributeValue> keys) {
            return equals(of(keys, sequence)) ? sequence : 0;
        }
    }

    static DeadPosition start(Instant now) {
        return new DeadPosition(now, Collections.nCopies(OutboxRow.DEAD_SHARDS, Shard.UNREAD), Within.NONE);
    }

    /** The position in a token; empty when it was not made by us or for another question. */
    static Optional<DeadPosition> of(Question question, String token) {
        return PageToken.open(name(question), token).flatMap(DeadPosition::parse);
    }

    String token(Question question) {
        List<String> texts = new ArrayList<>();
        texts.add(until.toString());
        for (Shard shard : shards) {
            Collections.addAll(texts, shard.deadAt(), shard.partition(), shard.sort());
        }
        Collections.addAll(texts, within.partition(), within.sort(), Long.toString(within.sequence()));
        return PageToken.seal(name(question), texts);
    }

    private static Optional<DeadPosition> parse(List<String> texts) {
        if (texts.size() != 4 + 3 * OutboxRow.DEAD_SHARDS) {
            return Optional.empty();
        }
        try {
            Instant until = Instant.parse(texts.get(0));
            List<Shard> shards = new ArrayList<>();
            for (int i = 1; i <= 3 * OutboxRow.DEAD_SHARDS; i += 3) {
                shards.add(new Shard(texts.get(i), texts.get(i + 1), texts.get(i + 2)));
            }
            int last = texts.size() - 3;
            Within within = new Within(texts.get(last), texts.get(last + 1), Long.parseLong(texts.get(last + 2)));
            boolean ours = isBetween(FIRST, until, LAST) && shards.stream().allMatch(shard -> shard.isBefore(until));
            return ours ? Optional.of(new DeadPosition(until, shards, within)) : Optional.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isBetween(Instant first, Instant moment, Instant last) {
        return !moment.isBefore(first) && !moment.isAfter(last);
    }

    private static boolean isRow(String partition, String sort) {
        return PARTITION.matcher(partition).matches() && SORT.matcher(sort).matches();
    }

    private static String name(Question question) {
        return "dead letters " + question.serverCallId() + " " + question.callbackUri();
    }
}
