/** The thread that turns time into mixing cycles: the only place below {@code media} that knows a clock. */
package io.ringback.media.pace;
