package io.ringback.gateway.call;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaEvent;
import java.time.Instant;

/** Takes what happens, call by call in order. */
public interface EventSink {
    /** Returns when the event will survive this process. */
    void report(String serverCallId, GatewayRef gateway, Instant at, MediaEvent event);
}
