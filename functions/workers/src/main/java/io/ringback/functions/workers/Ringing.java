package io.ringback.functions.workers;

import io.ringback.core.call.Incoming;
import io.ringback.core.call.ServerCall;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.callingserver.EventType;
import java.time.Instant;
import java.util.Optional;

/**
 * The ringing that an IncomingCall tells of. Once it ended, by a decision or without one, the event would only mislead
 * (telephony §5).
 */
final class Ringing {
    private final CallStore calls;

    Ringing(CallStore calls) {
        this.calls = calls;
    }

    /** Whether this event asks for a decision about a caller who rings. */
    static boolean isToldBy(Item event) {
        return event.type().equals(EventType.INCOMING_CALL.wireName());
    }

    /** Whether this event tells of a ringing that is over. Reads the call only if it tells of one at all. */
    boolean isOver(StreamRef stream, Item event, Instant now) {
        return isToldBy(event)
                && calls.load(stream.serverCallId())
                        .filter(ServerCall::awaitsDecision)
                        .flatMap(call -> Optional.ofNullable(call.incoming()))
                        .map(Incoming::ringsUntil)
                        .filter(now::isBefore)
                        .isEmpty();
    }
}
