/**
 * Key presses: as telephone events (RFC 4733) in and out, and as tones in the sound (ITU-T Q.23, Q.24). A key is the
 * number of its event: 0 to 9, 10 for star, 11 for pound, 12 to 15 for A to D. Imports {@code media} and
 * {@code media.rtp}.
 */
package io.ringback.media.dtmf;
