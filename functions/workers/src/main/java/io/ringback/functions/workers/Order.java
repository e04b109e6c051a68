package io.ringback.functions.workers;

import io.ringback.core.media.MediaCommand;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A media command that waits, if it can be read.
 *
 * @param envelope null when it cannot be
 * @param objection why it cannot be; for people
 */
record Order(@Nullable CommandEnvelope envelope, String objection) {
    static Order of(String body) {
        try {
            return new Order(GatewayProtocol.decodeCommand(body), "");
        } catch (IllegalArgumentException e) {
            return new Order(null, String.valueOf(e.getMessage()));
        }
    }

    /** The commands of those that can be read. */
    static List<MediaCommand> readable(List<Order> orders) {
        return orders.stream()
                .map(Order::envelope)
                .filter(Objects::nonNull)
                .map(CommandEnvelope::command)
                .toList();
    }
}
