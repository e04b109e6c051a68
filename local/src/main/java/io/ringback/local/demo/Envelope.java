package io.ringback.local.demo;

import java.util.Arrays;

/** Loudness over time, in steps of 10 ms: enough to recognise a sentence, whatever codec or line it came through. */
final class Envelope {
    private static final int STEPS_PER_SECOND = 100;

    /** −40 dBFS on the scale of the steps. */
    private static final double SOUND = Math.log10(1 + 327);

    private final double[] steps;

    private Envelope(double[] steps) {
        this.steps = steps;
    }

    static Envelope of(short[] samples, int sampleRate) {
        int width = sampleRate / STEPS_PER_SECOND;
        double[] steps = new double[samples.length / width];
        for (int step = 0; step < steps.length; step++) {
            double power = 0;
            for (int i = step * width; i < (step + 1) * width; i++) {
                power += (double) samples[i] * samples[i];
            }
            // A compressed scale: quiet syllables count, too.
            steps[step] = Math.log10(1 + Math.sqrt(power / width));
        }
        return new Envelope(steps);
    }

    Envelope between(long fromMs, long toMs) {
        int from = Math.min(steps.length, (int) (fromMs * STEPS_PER_SECOND / 1000));
        int to = Math.min(steps.length, (int) (toMs * STEPS_PER_SECOND / 1000));
        return new Envelope(Arrays.copyOfRange(steps, from, Math.max(from, to)));
    }

    /** Where the first sound after this moment begins; the end when there is none. */
    long soundAfter(long ms) {
        int step = (int) (ms * STEPS_PER_SECOND / 1000);
        while (step < steps.length && steps[step] < SOUND) {
            step++;
        }
        return step * 1000L / STEPS_PER_SECOND;
    }

    /** Where the last sound ends. */
    long endOfSound() {
        int step = steps.length;
        while (step > 0 && steps[step - 1] < SOUND) {
            step--;
        }
        return step * 1000L / STEPS_PER_SECOND;
    }

    /** How well the best place in this one fits the other: 1 is the same sound, 0 has nothing to do with it. */
    double bestMatch(Envelope wanted) {
        double best = 0;
        for (int offset = 0; offset + wanted.steps.length <= steps.length; offset++) {
            best = Math.max(best, correlation(wanted, offset));
        }
        return best;
    }

    private double correlation(Envelope wanted, int offset) {
        int n = wanted.steps.length;
        double meanHere = Arrays.stream(steps, offset, offset + n).average().orElse(0);
        double meanThere = Arrays.stream(wanted.steps).average().orElse(0);
        double product = 0;
        double here = 0;
        double there = 0;
        for (int i = 0; i < n; i++) {
            double a = steps[offset + i] - meanHere;
            double b = wanted.steps[i] - meanThere;
            product += a * b;
            here += a * a;
            there += b * b;
        }
        return here == 0 || there == 0 ? 0 : product / Math.sqrt(here * there);
    }
}
