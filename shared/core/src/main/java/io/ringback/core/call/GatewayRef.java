package io.ringback.core.call;

/**
 * One life of one media gateway, to which a call is pinned.
 *
 * @param gatewayId the gateway's lasting name
 * @param epoch ULID of this life of its process
 */
public record GatewayRef(String gatewayId, String epoch) {}
