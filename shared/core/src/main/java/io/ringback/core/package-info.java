/**
 * The domain of call automation: pure Java, no dependency, no clock, no randomness, no I/O.
 *
 * <p>{@code call} is the state of one conversation, {@code command} what applications want of it, {@code media} what
 * the gateway is told and what it reports, {@code event} what applications are told, {@code decision} the pure
 * functions between them, {@code port} what the domain needs from outside, {@code application} the one way in which a
 * call changes: load, decide, commit, poke.
 */
package io.ringback.core;
