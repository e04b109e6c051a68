/** Turns what a play names into samples: files by URL, text by a synthesizer. Imports {@code media}. */
package io.ringback.gateway.prompt;
