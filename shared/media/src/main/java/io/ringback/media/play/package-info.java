/** Prompts: a sound played cycle by cycle, and the queue of plays to one group of listeners. Imports {@code media}. */
package io.ringback.media.play;
