/**
 * Sound: the format in which every part of the media path works, and decoded sound on its way into it. The packages
 * below hold codecs, RTP, the jitter buffer, the mixer, tones, WAV files, players, recorders and the pacer.
 *
 * <p>Pure Java: this package and those below import nothing but {@code java.*} and each other, open no socket and
 * start no thread. What runs on the pacing path allocates nothing. Time is counted in mixing cycles of 20 ms; only
 * {@code pace} knows a clock.
 */
package io.ringback.media;
