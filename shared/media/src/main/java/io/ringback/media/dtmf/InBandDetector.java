package io.ringback.media.dtmf;

import io.ringback.media.AudioFormat;

/**
 * Finds key presses in the sound of one leg, for a peer that did not negotiate telephone events. A press of 40 ms is
 * found, one under 25 ms is not, and a gap of 35 ms divides two presses of one key (ITU-T Q.24). What we send to the
 * leg is watched too: while it holds a key's pair, and for 500 ms after, that key coming back is an echo and is not
 * reported. Used on the pacer's thread; a cycle allocates nothing.
 */
public final class InBandDetector {
    /** Hops of 5 ms over which a pair must last; with the window they make 40 ms. */
    private static final int STEADY_HOPS = 5;

    /** Hops without the pair that end a press. */
    private static final int RELEASE_HOPS = 5;

    /** Hops of a pair in what we send that count as containing it. */
    private static final int OWN_HOPS = 2;

    private static final int ECHO_HOPS = 500 / AudioFormat.CYCLE_MILLIS * PairAnalyser.HOPS_PER_CYCLE;

    private final PairAnalyser incoming;
    private final PairAnalyser outgoing;
    private final int hop;
    private final double[] powers = new double[STEADY_HOPS];
    private final int[] mutedHops = new int[TelephoneEvent.KEYS];
    private int candidate = DtmfTone.NONE;
    private int candidateHops;
    private int own = DtmfTone.NONE;
    private int ownHops;
    private int pressed = DtmfTone.NONE;
    private int missingHops;

    public InBandDetector(AudioFormat format) {
        incoming = new PairAnalyser(format);
        outgoing = new PairAnalyser(format);
        hop = format.samplesPerCycle() / PairAnalyser.HOPS_PER_CYCLE;
    }

    /**
     * Takes one cycle.
     *
     * @param received what came from the leg
     * @param sent what went to it in the same cycle
     * @return the key whose press was found in this cycle, or {@link DtmfTone#NONE}
     */
    public int cycle(short[] received, short[] sent) {
        int found = DtmfTone.NONE;
        for (int h = 0; h < PairAnalyser.HOPS_PER_CYCLE; h++) {
            watchOwn(outgoing.next(sent, h * hop));
            int press = judge(incoming.next(received, h * hop));
            found = press == DtmfTone.NONE ? found : press;
        }
        return found;
    }

    private void watchOwn(int key) {
        for (int k = 0; k < mutedHops.length; k++) {
            mutedHops[k] = Math.max(0, mutedHops[k] - 1);
        }
        ownHops = key == own ? ownHops + 1 : 1;
        own = key;
        if (own != DtmfTone.NONE && ownHops >= OWN_HOPS) {
            mutedHops[own] = ECHO_HOPS;
        }
    }

    private int judge(int key) {
        if (key != candidate) {
            candidate = key;
            candidateHops = 0;
        }
        powers[candidateHops % STEADY_HOPS] = incoming.pairPower();
        candidateHops++;
        release(key);
        if (key == DtmfTone.NONE || key == pressed || candidateHops < STEADY_HOPS || !isSteady()) {
            return DtmfTone.NONE;
        }
        pressed = key;
        missingHops = 0;
        return mutedHops[key] > 0 ? DtmfTone.NONE : key;
    }

    private void release(int key) {
        missingHops = key == pressed ? 0 : missingHops + 1;
        if (missingHops >= RELEASE_HOPS) {
            pressed = DtmfTone.NONE;
        }
    }

    /** Within 3 dB: a short burst has hardly a window that it fills. */
    private boolean isSteady() {
        double lowest = powers[0];
        double highest = powers[0];
        for (int i = 1; i < STEADY_HOPS; i++) {
            lowest = Math.min(lowest, powers[i]);
            highest = Math.max(highest, powers[i]);
        }
        return highest <= 2 * lowest;
    }
}
