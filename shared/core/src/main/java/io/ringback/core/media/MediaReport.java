package io.ringback.core.media;

import io.ringback.core.call.GatewayRef;
import java.time.Instant;

/**
 * A media event as the gateway numbers it.
 *
 * @param gateway the life of the gateway to which the call is pinned (also when a later life reports)
 * @param number 1, 2, 3 … within the call, without a gap
 * @param at when it happened, by the gateway's clock
 */
public record MediaReport(String serverCallId, GatewayRef gateway, long number, Instant at, MediaEvent event) {}
