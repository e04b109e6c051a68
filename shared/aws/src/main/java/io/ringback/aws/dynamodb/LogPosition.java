package io.ringback.aws.dynamodb;

import io.ringback.aws.PageToken;
import io.ringback.core.call.CallIds;
import io.ringback.core.port.CallLog.Question;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where reading the call log goes on: within a day, behind the entry that was last taken from each of its keys.
 *
 * @param shards one for each key of the day
 */
record LogPosition(LocalDate day, List<Shard> shards) {
    /**
     * Behind which entry of a key.
     *
     * @param startedAt of the last one that was taken; empty before the first, {@code .} when there is no more
     * @param serverCallId likewise
     */
    record Shard(String startedAt, String serverCallId) {
        static final Shard UNREAD = new Shard("", "");
        static final Shard DONE = new Shard(".", "");

        static Shard behind(Map<String, AttributeValue> item) {
            ItemReader keys = new ItemReader(item);
            return new Shard(
                    keys.text(TableSchema.STARTED_AT), CallItem.serverCallId(keys.text(TableSchema.PARTITION_KEY)));
        }

        boolean isDone() {
            return equals(DONE);
        }

        /** The key from which a query goes on; empty where it begins. */
        Map<String, AttributeValue> key(LocalDate day, int number) {
            if (serverCallId.isEmpty()) {
                return Map.of();
            }
            Map<String, AttributeValue> key = CallItem.key(serverCallId);
            key.put(TableSchema.LOG_DAY, AttributeValue.fromS(LogEntry.day(day, number)));
            key.put(TableSchema.STARTED_AT, AttributeValue.fromS(startedAt));
            return key;
        }

        /** @throws DateTimeException when it is not one of ours, or of another day */
        static Shard parse(LocalDate day, String startedAt, String serverCallId) {
            Shard shard = new Shard(startedAt, serverCallId);
            if (shard.equals(UNREAD) || shard.isDone()) {
                return shard;
            }
            Instant started = Instant.parse(startedAt);
            if (!ItemWriter.format(started).equals(startedAt)
                    || !LocalDate.ofInstant(started, ZoneOffset.UTC).equals(day)
                    || CallIds.serverCall(serverCallId).isEmpty()) {
                throw new DateTimeException("not where a call stands");
            }
            return shard;
        }
    }

    static LogPosition atEndOf(LocalDate day) {
        return new LogPosition(day, Collections.nCopies(LogEntry.SHARDS, Shard.UNREAD));
    }

    /** The position in a token; empty when it was not made by us or for another question. */
    static Optional<LogPosition> of(Question question, String token) {
        return PageToken.open(name(question), token).flatMap(LogPosition::parse);
    }

    String token(Question question) {
        List<String> texts = new ArrayList<>();
        texts.add(day.toString());
        for (Shard shard : shards) {
            texts.add(shard.startedAt());
            texts.add(shard.serverCallId());
        }
        return PageToken.seal(name(question), texts);
    }

    private static Optional<LogPosition> parse(List<String> texts) {
        if (texts.size() != 1 + 2 * LogEntry.SHARDS) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(texts.get(0));
            List<Shard> shards = new ArrayList<>();
            for (int i = 1; i < texts.size(); i += 2) {
                shards.add(Shard.parse(day, texts.get(i), texts.get(i + 1)));
            }
            return Optional.of(new LogPosition(day, shards));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String name(Question question) {
        return "calls " + question.from() + " " + question.to() + " " + question.state() + " " + question.phoneNumber();
    }
}
