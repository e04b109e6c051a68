package io.ringback.media;

import java.math.BigInteger;

/**
 * Changes the rate of a whole sound by a rational factor: a polyphase filter, one set of taps for each position of an
 * output sample between two input samples. A windowed sinc passes up to 85 % of the lower Nyquist frequency (3.4 kHz
 * of 8 kHz) and is 80 dB down from that frequency on.
 */
public final class Resampler {
    /** Zero crossings of the sinc on each side: with the window below, the 15 % between pass and stop. */
    private static final int LOBES = 32;

    /** Kaiser's parameter for 80 dB of stopband. */
    private static final double BETA = 7.86;

    /** Middle of the transition, as a fraction of the lower Nyquist frequency. */
    private static final double CUTOFF = 0.925;

    private final int up;
    private final int down;
    private final int reach;
    private final float[][] phases;

    public Resampler(int fromRate, int toRate) {
        if (fromRate < 1000 || fromRate > 192_000 || toRate < 1000 || toRate > 192_000) {
            throw new IllegalArgumentException(fromRate + " Hz to " + toRate + " Hz");
        }
        int divisor =
                BigInteger.valueOf(fromRate).gcd(BigInteger.valueOf(toRate)).intValue();
        up = toRate / divisor;
        down = fromRate / divisor;
        double bandwidth = Math.min(1.0, (double) toRate / fromRate);
        reach = (int) Math.ceil(LOBES / bandwidth);
        phases = new float[up][];
        for (int phase = 0; phase < up; phase++) {
            phases[phase] = taps((double) phase / up, bandwidth);
        }
    }

    /** The taps for an output sample that lies {@code shift} of an input sample after one; their sum is 1. */
    private float[] taps(double shift, double bandwidth) {
        double[] taps = new double[2 * reach];
        double sum = 0;
        for (int tap = 0; tap < taps.length; tap++) {
            double distance = tap - (reach - 1) - shift;
            taps[tap] = sinc(distance * bandwidth * CUTOFF) * kaiser(distance / reach);
            sum += taps[tap];
        }
        float[] normal = new float[taps.length];
        for (int tap = 0; tap < taps.length; tap++) {
            normal[tap] = (float) (taps[tap] / sum);
        }
        return normal;
    }

    /** The whole sound at the new rate; before its start and after its end lies silence. */
    public short[] resample(short[] input) {
        short[] output = new short[Math.toIntExact(((long) input.length * up + down - 1) / down)];
        for (int i = 0; i < output.length; i++) {
            long position = (long) i * down;
            int first = (int) (position / up) - (reach - 1);
            float[] taps = phases[(int) (position % up)];
            int end = Math.min(taps.length, input.length - first);
            float sum = 0;
            for (int tap = Math.max(0, -first); tap < end; tap++) {
                sum += taps[tap] * input[first + tap];
            }
            output[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
        }
        return output;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return x <= -1 || x >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
    }

    /** The modified Bessel function of the first kind and order 0, by its power series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
