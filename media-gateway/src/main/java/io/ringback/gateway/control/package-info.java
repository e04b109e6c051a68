/** The HTTP API of the gateway, for the media worker only ({@code wire.gateway.GatewayProtocol}). Imports {@code call}. */
package io.ringback.gateway.control;
