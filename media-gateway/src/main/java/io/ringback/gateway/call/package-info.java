/**
 * The calls: each is served in order, one task at a time, and owns its legs, its plays and its recordings. Imports
 * {@code sip}, {@code sdp}, {@code prompt}, {@code recording}, {@code journal} and {@code task}; the sound itself is a
 * port.
 */
package io.ringback.gateway.call;
