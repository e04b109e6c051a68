package io.ringback.media.record;

/**
 * A participant's stay in a recording. Who comes back begins another.
 *
 * @param channel which of {@link Recorder#channels} holds this stay, or {@link #NONE}
 * @param joinedCycle mixing cycles from the start of the recording, pauses included
 * @param firstCycle recorded cycles before this stay, pauses left out: where in the file it begins
 * @param leftCycle as {@code joinedCycle}, or {@link #STILL_THERE}
 */
public record Presence(String participantId, int channel, long joinedCycle, long firstCycle, long leftCycle) {
    /** Of a stay without a channel of its own. */
    public static final int NONE = -1;

    /** Of a stay that lasts. */
    public static final long STILL_THERE = -1;

    Presence left(long cycle) {
        return new Presence(participantId, channel, joinedCycle, firstCycle, cycle);
    }
}
