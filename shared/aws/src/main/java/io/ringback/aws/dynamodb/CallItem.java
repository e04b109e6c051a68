package io.ringback.aws.dynamodb;

import io.ringback.core.call.CallState;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.port.Gateways.PinnedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** {@code CALL#<serverCallId>} / {@code #}: a server call, each of its components an attribute of its own. */
final class CallItem {
    /** Raised when an older version could no longer read, or would damage, what is written here. */
    static final int SHAPE = 1;

    private static final String PREFIX = "CALL#";
    private static final String SORT = "#";

    private static final String VERSION = "version";
    private static final String SHAPE_NUMBER = "shape";
    private static final String GATEWAY = "gateway";
    /** What an item has only at times; an update removes what no longer is. */
    private static final String[] OPTIONAL = {
        "incoming",
        "establishedAt",
        "endedAt",
        "endReason",
        TableSchema.LIVE_ON,
        TableSchema.LIVE_EPOCH,
        TableSchema.EXPIRES_AT
    };

    private CallItem() {}

    static String partition(String serverCallId) {
        return PREFIX + serverCallId;
    }

    static String serverCallId(String partition) {
        return partition.substring(PREFIX.length());
    }

    static Map<String, AttributeValue> key(String serverCallId) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, partition(serverCallId))
                .text(TableSchema.SORT_KEY, SORT)
                .item();
    }

    /** @throws NewerShapeException when a newer version has written it */
    static ServerCall parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        String partition = reader.text(TableSchema.PARTITION_KEY);
        long shape = reader.number(SHAPE_NUMBER);
        if (shape > SHAPE) {
            throw new NewerShapeException(partition, shape, SHAPE);
        }
        Map<String, Long> nextSequence = new HashMap<>();
        reader.value("nextSequence", AttributeValue::m)
                .forEach((stream, next) -> nextSequence.put(stream, Long.valueOf(next.n())));
        return new ServerCall(
                serverCallId(partition),
                reader.number(VERSION),
                reader.constant("state", CallState.class),
                reader.value(GATEWAY, ValueFormat::gateway),
                reader.value("origin", OriginFormat::origin),
                reader.optional("incoming", OriginFormat::incoming),
                reader.list("subscribers", OriginFormat::subscriber),
                reader.list("connections", ConnectionFormat::read),
                reader.list("participants", ParticipantFormat::read),
                reader.list("operations", OperationFormat::read),
                reader.list("recordings", RecordingFormat::read),
                nextSequence,
                reader.number("lastAppliedEvent"),
                reader.instant(TableSchema.STARTED_AT),
                reader.optionalInstant("establishedAt"),
                reader.optionalInstant("endedAt"),
                reader.optional("endReason", ValueFormat::result));
    }

    /** The call whose keys in the index of gateways these are. */
    static PinnedCall pinned(Map<String, AttributeValue> keys) {
        ItemReader reader = new ItemReader(keys);
        String epochAndCall = reader.text(TableSchema.LIVE_EPOCH);
        int end = epochAndCall.indexOf('#');
        return new PinnedCall(
                epochAndCall.substring(end + 1),
                new GatewayRef(reader.text(TableSchema.LIVE_ON), epochAndCall.substring(0, end)));
    }

    static boolean isExpired(Map<String, AttributeValue> item, Instant now) {
        long expiresAt = new ItemReader(item).numberOrZero(TableSchema.EXPIRES_AT);
        return expiresAt != 0 && expiresAt <= now.getEpochSecond();
    }

    /**
     * The update that replaces the loaded version by the next one, or creates the item if none was loaded.
     *
     * @param retention how long it is kept after its end
     */
    static Update update(String table, ServerCall next, Duration retention) {
        Map<String, AttributeValue> attributes = attributes(next, retention);
        ItemUpdate update = new ItemUpdate().setAll(attributes);
        for (String name : OPTIONAL) {
            if (!attributes.containsKey(name)) {
                update.remove(name);
            }
        }
        String condition = next.version() == 0
                ? "attribute_not_exists(" + update.name(TableSchema.PARTITION_KEY) + ")"
                : update.name(VERSION) + " = "
                        + update.value("loaded", AttributeValue.fromN(Long.toString(next.version())));
        return Update.builder()
                .tableName(table)
                .key(key(next.serverCallId()))
                .updateExpression(update.expression())
                .conditionExpression(condition)
                .expressionAttributeNames(update.names())
                .expressionAttributeValues(update.values())
                .build();
    }

    private static Map<String, AttributeValue> attributes(ServerCall call, Duration retention) {
        Map<String, AttributeValue> sequences = new HashMap<>();
        call.nextSequence().forEach((stream, next) -> sequences.put(stream, AttributeValue.fromN(next.toString())));
        ItemWriter writer = new ItemWriter()
                .number(VERSION, call.version() + 1)
                .number(SHAPE_NUMBER, SHAPE)
                .constant("state", call.state())
                .value(GATEWAY, call.gateway(), ValueFormat::gateway)
                .value("origin", call.origin(), OriginFormat::origin)
                .value("incoming", call.incoming(), OriginFormat::incoming)
                .list("subscribers", call.subscribers(), OriginFormat::subscriber)
                .list("connections", call.connections(), ConnectionFormat::write)
                .list("participants", call.participants(), ParticipantFormat::write)
                .list("operations", call.operations(), OperationFormat::write)
                .list("recordings", call.recordings(), RecordingFormat::write)
                .value("nextSequence", sequences, AttributeValue::fromM)
                .number("lastAppliedEvent", call.lastAppliedEvent())
                .instant(TableSchema.STARTED_AT, call.startedAt())
                .instant("establishedAt", call.establishedAt())
                .instant("endedAt", call.endedAt())
                .value("endReason", call.endReason(), ValueFormat::result)
                .text(TableSchema.LOG_DAY, LogEntry.day(call))
                .value(TableSchema.LOG_ENTRY, call, LogEntry::write);
        if (!call.isSettled()) {
            writer.text(TableSchema.LIVE_ON, call.gateway().gatewayId())
                    .text(TableSchema.LIVE_EPOCH, call.gateway().epoch() + "#" + call.serverCallId());
        }
        if (call.endedAt() != null) {
            writer.number(TableSchema.EXPIRES_AT, call.endedAt().plus(retention).getEpochSecond());
        }
        return writer.item();
    }
}
