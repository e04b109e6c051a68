package io.ringback.aws.dynamodb;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ServerCall;
import io.ringback.core.port.CallLog.Question;
import io.ringback.core.port.CallLog.Summary;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A call in one line, as its item carries it into the index of days: small, and changed only when it says something
 * else, for each change is a write to the index too.
 *
 * @param phoneNumbers everybody's who started it, was meant by it at the start, or is in it as the call remembers
 */
record LogEntry(Summary summary, List<String> phoneNumbers) {
    /** A day's calls are spread over so many keys, so that one busy day is not one hot partition. */
    static final int SHARDS = 4;

    static String day(LocalDate day, int shard) {
        return "LOG#" + day + "#" + shard;
    }

    static String day(ServerCall call) {
        return day(LocalDate.ofInstant(call.startedAt(), ZoneOffset.UTC), shard(call.serverCallId()));
    }

    static int shard(String serverCallId) {
        return Math.floorMod(serverCallId.hashCode(), SHARDS);
    }

    static AttributeValue write(ServerCall call) {
        List<String> numbers = Stream.of(
                        Stream.of(call.origin().from()),
                        call.origin().to().stream(),
                        call.participants().stream().map(Participant::identifier))
                .flatMap(identifiers -> identifiers)
                .map(Identifier::phoneNumber)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return new ItemWriter()
                .constant("state", call.state())
                .value("origin", call.origin(), OriginFormat::origin)
                .instant("establishedAt", call.establishedAt())
                .instant("endedAt", call.endedAt())
                .value("endReason", call.endReason(), ValueFormat::result)
                .list(
                        "connections",
                        call.connections().stream()
                                .map(Connection::callConnectionId)
                                .toList(),
                        ValueFormat::text)
                .list("phoneNumbers", numbers, ValueFormat::text)
                .map();
    }

    /** The entry of an item of the index; empty for one that was written before there were entries. */
    static Optional<LogEntry> parse(Map<String, AttributeValue> item) {
        ItemReader keys = new ItemReader(item);
        return Optional.ofNullable(keys.optional(TableSchema.LOG_ENTRY, ItemReader::of))
                .map(entry -> new LogEntry(
                        new Summary(
                                CallItem.serverCallId(keys.text(TableSchema.PARTITION_KEY)),
                                entry.constant("state", CallState.class),
                                entry.value("origin", OriginFormat::origin),
                                keys.instant(TableSchema.STARTED_AT),
                                entry.optionalInstant("establishedAt"),
                                entry.optionalInstant("endedAt"),
                                entry.optional("endReason", ValueFormat::result),
                                entry.list("connections", AttributeValue::s)),
                        entry.list("phoneNumbers", AttributeValue::s)));
    }

    boolean answers(Question question) {
        return (question.state() == null || question.state() == summary.state())
                && (question.phoneNumber() == null || phoneNumbers.contains(question.phoneNumber()));
    }

    boolean isExpired(Instant now, Duration retention) {
        Instant endedAt = summary.endedAt();
        return endedAt != null && endedAt.plus(retention).getEpochSecond() <= now.getEpochSecond();
    }
}
