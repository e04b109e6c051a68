package io.ringback.aws.dynamodb;

import io.ringback.core.call.Participant;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Cause;
import io.ringback.core.port.Timelines.Entry;
import io.ringback.core.port.Timelines.Happened;
import io.ringback.core.port.Timelines.ParticipantEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@code CALL#<serverCallId>} / {@code H#<12-digit version>}: what one commit was about: its causes, who left in it, and
 * which effects it had. What these say and what became of them stands in the outbox rows.
 *
 * @param effects its rows in the outbox, in the order of their targets' first effects
 */
record HistoryRow(long version, Instant at, List<Cause> causes, List<ParticipantEnded> ended, List<Effects> effects) {
    /** Tells the commit that wrote the row from any other that wanted the same version. */
    private static final String COMMIT_ID = "commitId";

    private static final String PREFIX = "H#";

    /** The last version that its sort key has room for. */
    static final long LAST_VERSION = 999_999_999_999L;

    /** Behind every version. */
    static final String LAST = sort(LAST_VERSION);

    /** The effects of one row of the outbox: its number, and how many they are. */
    record Effects(Target target, long firstSequence, int count) {}

    static Map<String, AttributeValue> key(String serverCallId, long version) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, CallItem.partition(serverCallId))
                .text(TableSchema.SORT_KEY, sort(version))
                .item();
    }

    static String sort(long version) {
        return PREFIX + String.format(Locale.ROOT, "%012d", version);
    }

    static Map<String, AttributeValue> format(
            CallStore.Commit commit, String commitId, List<EffectRow> rows, Duration retention) {
        ServerCall next = commit.next();
        List<Participant> ended = next.participants().stream()
                .filter(participant -> commit.at().equals(participant.endedAt()))
                .toList();
        ItemWriter writer = new ItemWriter()
                .text(COMMIT_ID, commitId)
                .instant("at", commit.at())
                .list("causes", commit.causes(), HistoryRow::cause)
                .constant("state", next.state())
                .list("ended", ended, HistoryRow::ended)
                .list("streams", rows, row -> effects(row.named()))
                .number(
                        TableSchema.EXPIRES_AT,
                        Retention.ofRow(commit.at(), retention).getEpochSecond());
        Map<String, AttributeValue> item = writer.item();
        item.putAll(key(next.serverCallId(), next.version() + 1));
        return item;
    }

    static HistoryRow parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        long version = Long.parseLong(reader.text(TableSchema.SORT_KEY).substring(PREFIX.length()));
        Instant at = reader.instant("at");
        return new HistoryRow(
                version,
                at,
                reader.list("causes", HistoryRow::cause),
                reader.list("ended", value -> ended(version, at, ItemReader.of(value))),
                reader.list("streams", HistoryRow::effects));
    }

    static boolean isOf(String commitId, Map<String, AttributeValue> item) {
        return commitId.equals(new ItemReader(item).text(COMMIT_ID));
    }

    /** How many entries it has in the timeline. */
    int size() {
        return causes.size()
                + ended.size()
                + effects.stream().mapToInt(Effects::count).sum();
    }

    /** Everything that it tells by itself: what happened and who left. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        causes.forEach(cause -> entries.add(new Happened(version, cause)));
        entries.addAll(ended);
        return entries;
    }

    private static AttributeValue effects(Effects effects) {
        return new ItemWriter()
                .text("target", effects.target().key())
                .number("first", effects.firstSequence())
                .number("count", effects.count())
                .map();
    }

    private static Effects effects(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Effects(new Target(map.text("target")), map.number("first"), map.integer("count"));
    }

    private static AttributeValue cause(Cause cause) {
        return new ItemWriter()
                .constant("kind", cause.kind())
                .text("name", cause.name())
                .instant("at", cause.at())
                .value("details", cause.details(), ValueFormat::details)
                .map();
    }

    private static Cause cause(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Cause(
                map.constant("kind", Cause.Kind.class),
                map.text("name"),
                map.instant("at"),
                map.value("details", ValueFormat::details));
    }

    private static AttributeValue ended(Participant participant) {
        return new ItemWriter()
                .text("id", participant.participantId())
                .value("identifier", participant.identifier(), ValueFormat::identifier)
                .value("reason", participant.endReason(), ValueFormat::result)
                .map();
    }

    private static ParticipantEnded ended(long version, Instant at, ItemReader map) {
        return new ParticipantEnded(
                version,
                at,
                map.text("id"),
                map.value("identifier", ValueFormat::identifier),
                map.optional("reason", ValueFormat::result));
    }
}
