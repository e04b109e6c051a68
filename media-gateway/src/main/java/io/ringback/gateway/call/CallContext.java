package io.ringback.gateway.call;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaEvent;
import io.ringback.gateway.task.SerialExecutor;
import java.time.InstantSource;

/**
 * What the parts of a call share. Everything in them runs on the call's serial executor.
 *
 * @param gateway the life of this gateway to which the call is pinned
 */
record CallContext(
        String serverCallId, GatewayRef gateway, SerialExecutor executor, InstantSource clock, EventSink events) {
    /** Numbers an event, keeps it and sends it on its way. */
    void report(MediaEvent event) {
        report(event, () -> {});
    }

    /**
     * The same for an event that something waits for.
     *
     * @param queued runs, on any thread, when the queue has taken the event; perhaps never
     */
    void report(MediaEvent event, Runnable queued) {
        events.report(serverCallId, gateway, clock.instant(), event, queued);
    }
}
