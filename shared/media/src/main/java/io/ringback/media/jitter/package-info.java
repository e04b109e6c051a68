/**
 * The jitter buffer: from packets as the network brings them to one frame per mixing cycle. Imports {@code media},
 * {@code media.codec} and {@code media.rtp}.
 */
package io.ringback.media.jitter;
