package io.ringback.wire.callingserver;

import java.time.Instant;

/** Makes the {@code incomingCallContext} with which an application decides about a call that came in (native API §4). */
@FunctionalInterface
public interface IncomingCallContexts {
    /**
     * A context that lets one subscription decide about this call.
     *
     * @param ringsUntil when it is worth nothing any more
     */
    String context(String serverCallId, String subscriptionId, Instant ringsUntil);
}
