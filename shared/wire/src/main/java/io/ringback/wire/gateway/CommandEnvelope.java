package io.ringback.wire.gateway;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaCommand;

/**
 * A media command as it travels.
 *
 * @param gateway the life of the gateway to which the call is pinned; another one refuses it with epochMismatch
 * @param sequence the command's number within the call, from 1
 */
public record CommandEnvelope(String serverCallId, GatewayRef gateway, long sequence, MediaCommand command) {}
