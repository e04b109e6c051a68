/**
 * Writes recordings beside the mixing, finishes and stores them, mends what a crash left. Imports {@code media}.
 */
package io.ringback.gateway.recording;
