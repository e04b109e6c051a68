package io.ringback.media.dtmf;

import io.ringback.media.AudioFormat;
import io.ringback.media.Level;

/**
 * Says every 5 ms which key's pair of frequencies the last 20 ms hold, if any. Eight correlations under a Hann window
 * give levels; how their phases move from window to window gives the frequencies to within a Hz, much finer than so
 * short a window resolves. Limits are those of ITU-T Q.24, annex A, set between what must be accepted and what must
 * not.
 */
final class PairAnalyser {
    static final int HOPS_PER_CYCLE = 4;

    /** Weakest of a pair: Q.24 wants −25 dBm0, which is −28 dBFS. */
    private static final double WEAKEST = Level.amplitude(-32);

    /** The high frequency may be 4 dB above the low one and 8 dB below it; a dB beyond is allowed. */
    private static final double HIGH_OVER_LOW = Math.pow(10, 5 / 20.0);

    private static final double LOW_OVER_HIGH = Math.pow(10, 9 / 20.0);

    /** Accepted are 1.5 % off, refused 3.5 %. */
    private static final double OFF = 0.024;

    /** How much of all power the pair must hold: speech has more beside it. */
    private static final double SHARE = 0.8;

    private static final int FREQUENCIES = 8;

    private final int hop;
    private final float[] window;
    private final float[][] cosines = new float[FREQUENCIES][];
    private final float[][] sines = new float[FREQUENCIES][];
    private final double[] turnPerHop = new double[FREQUENCIES];
    private final double[] limit = new double[FREQUENCIES];
    private final short[] recent;
    private final double windowSum;
    private final double windowPower;
    private final double[] phase = new double[FREQUENCIES];
    private final double[] phaseBefore = new double[FREQUENCIES];
    private final double[] amplitude = new double[FREQUENCIES];
    private boolean phaseKnown;
    private double pairPower;

    PairAnalyser(AudioFormat format) {
        hop = format.samples(AudioFormat.CYCLE_MILLIS) / HOPS_PER_CYCLE;
        int length = format.samplesPerCycle();
        recent = new short[length];
        window = new float[length];
        double sum = 0;
        double power = 0;
        for (int i = 0; i < length; i++) {
            double w = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length);
            window[i] = (float) w;
            sum += w;
            power += w * w;
        }
        windowSum = sum;
        windowPower = power;
        for (int f = 0; f < FREQUENCIES; f++) {
            double hertz = f < 4 ? DtmfTone.low()[f] : DtmfTone.high()[f - 4];
            prepare(f, hertz, format.sampleRate());
        }
    }

    private void prepare(int f, double hertz, int rate) {
        double turn = 2 * Math.PI * hertz / rate;
        cosines[f] = new float[window.length];
        sines[f] = new float[window.length];
        for (int i = 0; i < window.length; i++) {
            cosines[f][i] = (float) (window[i] * Math.cos(turn * i));
            sines[f][i] = (float) (window[i] * Math.sin(turn * i));
        }
        turnPerHop[f] = turn * hop;
        limit[f] = OFF * turn * hop;
    }

    /**
     * Takes the next 5 ms.
     *
     * @return the key whose pair is there, or {@link DtmfTone#NONE}
     */
    int next(short[] sound, int from) {
        System.arraycopy(recent, hop, recent, 0, recent.length - hop);
        System.arraycopy(sound, from, recent, recent.length - hop, hop);
        double power = 0;
        for (int i = 0; i < recent.length; i++) {
            double weighed = window[i] * recent[i];
            power += weighed * weighed;
        }
        if (power < WEAKEST * WEAKEST / 2 * windowPower) {
            phaseKnown = false;
            return DtmfTone.NONE;
        }
        for (int f = 0; f < FREQUENCIES; f++) {
            correlate(f);
        }
        int key = phaseKnown ? judge(power) : DtmfTone.NONE;
        phaseKnown = true;
        return key;
    }

    private void correlate(int f) {
        float real = 0;
        float imaginary = 0;
        float[] cosine = cosines[f];
        float[] sine = sines[f];
        for (int i = 0; i < recent.length; i++) {
            real += cosine[i] * recent[i];
            imaginary -= sine[i] * recent[i];
        }
        amplitude[f] = 2 * Math.hypot(real, imaginary) / windowSum;
        phaseBefore[f] = phase[f];
        phase[f] = Math.atan2(imaginary, real);
    }

    private int judge(double power) {
        int low = strongest(0);
        int high = strongest(4);
        double a = amplitude[low];
        double b = amplitude[high];
        pairPower = (a * a + b * b) / 2;
        boolean strong = a >= WEAKEST && b >= WEAKEST;
        boolean balanced = b <= a * HIGH_OVER_LOW && a <= b * LOW_OVER_HIGH;
        boolean alone = pairPower * windowPower >= SHARE * power;
        return strong && balanced && alone && isInTune(low) && isInTune(high)
                ? DtmfTone.key(low, high - 4)
                : DtmfTone.NONE;
    }

    private int strongest(int group) {
        int strongest = group;
        for (int f = group + 1; f < group + 4; f++) {
            strongest = amplitude[f] > amplitude[strongest] ? f : strongest;
        }
        return strongest;
    }

    private boolean isInTune(int f) {
        double turned = phase[f] - phaseBefore[f] - turnPerHop[f];
        return Math.abs(Math.IEEEremainder(turned, 2 * Math.PI)) <= limit[f];
    }

    /** Power of the pair that {@link #next} found. */
    double pairPower() {
        return pairPower;
    }
}
