package io.ringback.media.jitter;

import io.ringback.media.rtp.RtpPacket;

/** Tells a packet that came before from a new one, over the last 64 sequence numbers. */
final class SequenceWindow {
    private int highest;
    private long seen;

    void restart(int sequence) {
        highest = sequence;
        seen = 1;
    }

    /** Notes a packet; returns false if it was here already. */
    boolean isNew(int sequence) {
        int ahead = RtpPacket.sequenceDistance(highest, sequence);
        if (ahead > 0) {
            seen = ahead < Long.SIZE ? seen << ahead | 1 : 1;
            highest = sequence;
            return true;
        }
        if (ahead <= -Long.SIZE) {
            return true;
        }
        long bit = 1L << -ahead;
        boolean fresh = (seen & bit) == 0;
        seen |= bit;
        return fresh;
    }
}
