/** WAV files in and out. Imports {@code media} and {@code media.codec}. */
package io.ringback.media.wav;
