/**
 * The calls: each is served in order, one task at a time, and owns its legs, its plays and its recordings. Imports
 * {@code sip}, {@code sdp}, {@code prompt}, {@code recording} and {@code journal}; the sound itself is a port.
 */
package io.ringback.gateway.call;
