package io.ringback.media.record;

/**
 * A stretch that a recording leaves out.
 *
 * @param fromCycle first cycle left out, counted from the recording's first
 * @param toCycle first cycle recorded again, or −1 while the pause lasts
 * @param fileFrame where in the file the cut lies, in samples of each channel
 */
public record RecordedPause(long fromCycle, long toCycle, long fileFrame) {}
