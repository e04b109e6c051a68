/**
 * The pure functions of the domain: a call and what is wanted of it, or what happened to it, to the next state and
 * its effects. Imports the other packages of values; no clock, no randomness, no I/O.
 */
package io.ringback.core.decision;
