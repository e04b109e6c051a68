/**
 * What is played: a sound cycle by cycle, the queue of plays to one group of listeners, all that one leg alone hears.
 * Imports {@code media} and {@code mix}.
 */
package io.ringback.media.play;
