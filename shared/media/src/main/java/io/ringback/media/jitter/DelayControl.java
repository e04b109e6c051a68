package io.ringback.media.jitter;

import io.ringback.media.AudioFormat;

/**
 * Decides when a leg's sound is to be held one frame longer or shorter. It watches the margin of each packet: how long
 * before its turn it came. Jitter shows as packets without margin, drift between the two clocks as margins that wander;
 * one rule answers both. No clock is read: the cycles are the measure.
 */
final class DelayControl {
    /** Cycles of an observation: 2 s. */
    private static final int PERIOD_CYCLES = 2 * AudioFormat.CYCLES_PER_SECOND;

    /** Fewer packets than this tell nothing. */
    private static final int ENOUGH_PACKETS = 10;

    private final int frame;
    private final int start;
    private final int generous;
    private final int longest;

    private int cycles;
    private int packets;
    private int scarce;
    private int late;
    private boolean lateNow;
    private int smallest;
    private int largest;
    private int smallestBefore;
    private int largestBefore;

    DelayControl(AudioFormat format) {
        frame = format.samplesPerCycle();
        start = format.samples(40);
        generous = format.samples(60);
        longest = format.samples(200);
        restart();
    }

    /** The margin with which a source begins. */
    int startMargin() {
        return start;
    }

    /** A source begins. */
    void restart() {
        begin();
        smallestBefore = Integer.MIN_VALUE;
        largestBefore = Integer.MIN_VALUE;
    }

    /** The sound is held so many frames longer now, or shorter if negative: so are all margins. */
    void corrected(int frames) {
        int highest = Math.max(largest, largestBefore);
        restart();
        largestBefore = highest == Integer.MIN_VALUE ? highest : highest + frames * frame;
    }

    private void begin() {
        cycles = 0;
        packets = 0;
        scarce = 0;
        late = 0;
        smallest = Integer.MAX_VALUE;
        largest = Integer.MIN_VALUE;
    }

    /**
     * A packet came so many samples before its turn; negative if too late. However many come too late in one cycle, as
     * after a stall of the network, they count once.
     */
    void came(int margin) {
        packets++;
        if (margin < 0) {
            lateNow = true;
        } else if (margin < frame) {
            scarce++;
        }
        smallest = Math.min(smallest, margin);
        largest = Math.max(largest, margin);
    }

    /**
     * Called once per cycle.
     *
     * @return 1 to hold a frame longer, −n to give up n frames, or 0
     */
    int decide() {
        late += lateNow ? 1 : 0;
        lateNow = false;
        if (late >= 2) {
            late = 0;
            return Math.max(largest, largestBefore) + frame <= longest ? 1 : 0;
        }
        if (++cycles < PERIOD_CYCLES) {
            return 0;
        }
        int decision = packets < ENOUGH_PACKETS ? 0 : judge();
        smallestBefore = smallest;
        largestBefore = largest;
        begin();
        return decision;
    }

    private int judge() {
        if (smallest > longest) {
            return -(smallest - start) / frame;
        }
        if (scarce * 10 >= packets * 9) {
            return 1;
        }
        return smallest >= generous && smallestBefore >= generous ? -1 : 0;
    }
}
