package io.ringback.gateway.call;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaEvent;
import java.time.Instant;

/** Takes what happens, call by call in order. */
public interface EventSink {
    /**
     * Returns when the event will survive this process.
     *
     * @param queued runs, on any thread, when the queue has taken the event from this process; perhaps never
     */
    void report(String serverCallId, GatewayRef gateway, Instant at, MediaEvent event, Runnable queued);
}
