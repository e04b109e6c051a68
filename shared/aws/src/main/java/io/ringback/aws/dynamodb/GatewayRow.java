package io.ringback.aws.dynamodb;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.Gateways.Gateway;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code GATEWAY} / {@code <gatewayId>}: a media gateway as it last announced itself. */
final class GatewayRow {
    static final String PARTITION = "GATEWAY";
    static final String EPOCH = "epoch";
    static final String HEARTBEAT_AT = "heartbeatAt";
    static final String FENCED = "fenced";

    /** Set and removed by the operator; a heartbeat leaves it alone. */
    private static final String DRAIN = "drain";

    private static final String DRAINING = "draining";
    private static final String CONTROL = "control";
    private static final String LOAD = "load";
    private static final String CAPACITY = "capacity";

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
                reader.integer(LOAD),
                reader.integer(CAPACITY),
                reader.flag(DRAINING) || reader.flagOrFalse(DRAIN),
                reader.flag(FENCED),
                reader.instant(HEARTBEAT_AT));
    }

    /** What a heartbeat writes. */
    static Map<String, AttributeValue> heartbeat(Gateway gateway) {
        return new ItemWriter()
                .text(EPOCH, gateway.ref().epoch())
                .text(CONTROL, gateway.control().toString())
                .number(LOAD, gateway.load())
                .number(CAPACITY, gateway.capacity())
                .flag(DRAINING, gateway.draining())
                .flag(FENCED, false)
                .instant(HEARTBEAT_AT, gateway.heartbeatAt())
                .item();
    }
}
