package io.ringback.aws.dynamodb;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Gateways.Reserved;
import io.ringback.core.port.Gateways.Slots;
import io.ringback.core.port.Reservation;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * {@code GATEWAY} / {@code <gatewayId>}: a media gateway as it last announced itself, and its places for legs: what is free
 * is written by each heartbeat and lowered by each commit that dials (docs: decisions).
 */
final class GatewayRow {
    static final String PARTITION = "GATEWAY";
    static final String EPOCH = "epoch";
    static final String HEARTBEAT_AT = "heartbeatAt";
    static final String FENCED = "fenced";
    private static final String FENCED_AT = "fencedAt";

    /** Set and removed by the operator; a heartbeat leaves it alone. */
    private static final String DRAIN = "drain";

    private static final String DRAINING = "draining";
    private static final String CONTROL = "control";
    private static final String LOAD = "load";
    private static final String CAPACITY = "capacity";
    private static final String FREE = "freeLegs";
    private static final String RESERVED = "reservedLegs";
    private static final String TRUNK_LOAD = "trunkLoad";
    private static final String TRUNK_CAPACITY = "trunkCapacity";
    private static final String TRUNK_FREE = "freeTrunkLegs";
    private static final String TRUNK_RESERVED = "reservedTrunkLegs";

    private GatewayRow() {}

    static Map<String, AttributeValue> key(String gatewayId) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, PARTITION)
                .text(TableSchema.SORT_KEY, gatewayId)
                .item();
    }

    static Gateway parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        return new Gateway(
                new GatewayRef(reader.text(TableSchema.SORT_KEY), reader.text(EPOCH)),
                URI.create(reader.text(CONTROL)),
                new Slots(reader.integer(LOAD), reader.integer(CAPACITY), reader.integer(FREE)),
                new Slots(reader.integer(TRUNK_LOAD), reader.integer(TRUNK_CAPACITY), reader.integer(TRUNK_FREE)),
                reader.flag(DRAINING) || reader.flagOrFalse(DRAIN),
                reader.flag(FENCED),
                reader.instant(HEARTBEAT_AT));
    }

    /** What has been reserved on the gateway in its present life. */
    static Reserved reserved(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        return new Reserved(reader.number(RESERVED), reader.number(TRUNK_RESERVED));
    }

    /** The first heartbeat of a life: nothing is reserved. */
    static ItemUpdate begin(Gateway gateway) {
        return present(gateway)
                .set(RESERVED, number(0))
                .set(TRUNK_RESERVED, number(0))
                .set(FREE, number(left(gateway.legs())))
                .set(TRUNK_FREE, number(left(gateway.trunk())))
                .remove(FENCED_AT);
    }

    /** A later one. What is reserved is read in the moment of the update, so that no reservation is forgotten. */
    static ItemUpdate beat(Gateway gateway, Reserved settled) {
        ItemUpdate update = present(gateway);
        return update.set(
                        FREE, "legsLeft", number(left(gateway.legs()) + settled.legs()), " - " + update.name(RESERVED))
                .set(
                        TRUNK_FREE,
                        "trunkLeft",
                        number(left(gateway.trunk()) + settled.trunkLegs()),
                        " - " + update.name(TRUNK_RESERVED));
    }

    static ItemUpdate fence(Instant now) {
        return new ItemUpdate()
                .set(FENCED, AttributeValue.fromBool(true))
                .set(FENCED_AT, AttributeValue.fromS(ItemWriter.format(now)));
    }

    /** The update that takes these places, if the gateway is of that life and has them. */
    static Update reserve(String table, Reservation wanted) {
        ItemUpdate update = new ItemUpdate();
        String legs = update.value("legs", number(wanted.legs()));
        String no = update.value("no", AttributeValue.fromBool(false));
        List<String> conditions = new ArrayList<>(List.of(
                update.name(EPOCH) + " = "
                        + update.value(
                                "epoch", AttributeValue.fromS(wanted.gateway().epoch())),
                update.name(FENCED) + " = " + no,
                update.name(FREE) + " >= " + legs));
        update.count(FREE, " - " + legs).count(RESERVED, " + " + legs);
        if (wanted.trunkLegs() > 0) {
            String trunkLegs = update.value("trunkLegs", number(wanted.trunkLegs()));
            conditions.add(update.name(TRUNK_FREE) + " >= " + trunkLegs);
            update.count(TRUNK_FREE, " - " + trunkLegs).count(TRUNK_RESERVED, " + " + trunkLegs);
        }
        if (wanted.newCall()) {
            String drain = update.name(DRAIN);
            conditions.add(update.name(DRAINING) + " = " + no);
            conditions.add("(attribute_not_exists(" + drain + ") OR " + drain + " = " + no + ")");
        }
        return Update.builder()
                .tableName(table)
                .key(key(wanted.gateway().gatewayId()))
                .updateExpression(update.expression())
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(update.names())
                .expressionAttributeValues(update.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    /**
     * Why these places were not to be had.
     *
     * @param row as it was then; empty when there is none
     */
    static CommitResult refusal(Reservation wanted, Map<String, AttributeValue> row) {
        ItemReader reader = new ItemReader(row);
        boolean lives =
                !row.isEmpty() && reader.text(EPOCH).equals(wanted.gateway().epoch()) && !reader.flag(FENCED);
        return lives ? CommitResult.NO_ROOM : CommitResult.GATEWAY_LOST;
    }

    private static ItemUpdate present(Gateway gateway) {
        return new ItemUpdate()
                .setAll(new ItemWriter()
                        .text(EPOCH, gateway.ref().epoch())
                        .text(CONTROL, gateway.control().toString())
                        .number(LOAD, gateway.legs().load())
                        .number(CAPACITY, gateway.legs().capacity())
                        .number(TRUNK_LOAD, gateway.trunk().load())
                        .number(TRUNK_CAPACITY, gateway.trunk().capacity())
                        .flag(DRAINING, gateway.draining())
                        .flag(FENCED, false)
                        .instant(HEARTBEAT_AT, gateway.heartbeatAt())
                        .item());
    }

    private static long left(Slots slots) {
        return (long) slots.capacity() - slots.load();
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
