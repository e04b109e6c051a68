package io.ringback.media.mix;

import io.ringback.media.AudioFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mix-minus: each leg hears the sum of all others. Sums are exact and clipped once at the end, alike on both sides, so
 * a lone talker passes unchanged. It keeps nothing from one cycle to the next and allocates nothing; the room it adds
 * in belongs to one thread.
 */
public final class Mixer {
    /** 12 dB down is a quarter of the amplitude. */
    private static final int LOWERED = 4;

    private final int[] sum;

    public Mixer(AudioFormat format) {
        sum = new int[format.samplesPerCycle()];
    }

    /**
     * Mixes one cycle.
     *
     * @param legs all legs of the call; what each hears is written into it
     * @param commonPrompt the frame that is played to all, or null
     * @param recordMix receives what a listener to all hears, with what is played to all and without what is played to
     *     one; null if nobody records
     */
    public void mixOnce(List<MixLeg> legs, short @Nullable [] commonPrompt, short @Nullable [] recordMix) {
        addUp(legs, commonPrompt);
        if (recordMix != null) {
            for (int i = 0; i < sum.length; i++) {
                recordMix[i] = clip(sum[i]);
            }
        }
        for (int i = 0; i < legs.size(); i++) {
            fill(legs.get(i));
        }
    }

    private void addUp(List<MixLeg> legs, short @Nullable [] commonPrompt) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = commonPrompt == null ? 0 : commonPrompt[i];
        }
        for (int l = 0; l < legs.size(); l++) {
            MixLeg leg = legs.get(l);
            if (leg.isHeard()) {
                short[] spoken = leg.spoken();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += spoken[i];
                }
            }
        }
    }

    private void fill(MixLeg leg) {
        short[] heard = leg.heard();
        short[] spoken = leg.spoken();
        short[] background = leg.background();
        short[] own = leg.ownPrompt();
        boolean hearsOthers = leg.hearsOthers();
        boolean minus = leg.isHeard();
        for (int i = 0; i < sum.length; i++) {
            int others = hearsOthers ? sum[i] - (minus ? spoken[i] : 0) : 0;
            int common = background == null ? others : others + background[i];
            heard[i] = own == null ? clip(common) : clip(common / LOWERED + own[i]);
        }
    }

    private static short clip(int value) {
        return (short) Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}
