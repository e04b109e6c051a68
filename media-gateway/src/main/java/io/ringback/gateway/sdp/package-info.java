/**
 * Session descriptions and the offer/answer model (RFC 4566, RFC 3264); {@link
 * io.ringback.gateway.sdp.MediaSession} is the way in. Imports nothing else of the gateway.
 */
package io.ringback.gateway.sdp;
