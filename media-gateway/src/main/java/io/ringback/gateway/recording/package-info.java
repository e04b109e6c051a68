/** Writes recordings beside the mixing, stores the finished files, mends what a crash left. Imports {@code media}. */
package io.ringback.gateway.recording;
