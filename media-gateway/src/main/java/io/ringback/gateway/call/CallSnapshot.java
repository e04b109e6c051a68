package io.ringback.gateway.call;

import io.ringback.core.call.GatewayRef;
import java.util.List;

/** What there is of a call now, for people and for functions that lost track. */
public record CallSnapshot(
        String serverCallId,
        GatewayRef gateway,
        long lastCommand,
        long lastEvent,
        List<Item> legs,
        List<Item> operations,
        List<Item> recordings) {
    /** One leg, operation or recording. */
    public record Item(String id, String state) {}
}
