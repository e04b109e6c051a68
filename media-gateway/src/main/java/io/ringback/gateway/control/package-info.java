/**
 * The HTTP API of the gateway, for the media worker only ({@code wire.gateway.GatewayProtocol}). Imports {@code call},
 * {@code journal} and {@code guard}.
 */
package io.ringback.gateway.control;
