/** The protocol between the functions and the media gateway: commands over HTTP, reports over a queue. */
package io.ringback.wire.gateway;
