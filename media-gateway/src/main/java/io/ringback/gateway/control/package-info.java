/**
 * The HTTP API of the gateway, for the media worker only ({@code wire.gateway.GatewayProtocol}). Imports {@code call},
 * {@code journal}, and from {@code sip} the count of failed logins.
 */
package io.ringback.gateway.control;
