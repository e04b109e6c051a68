package io.ringback.media.jitter;

import io.ringback.media.AudioFormat;

/**
 * Hides lost sound for at most 60 ms: the last pitch period goes on, at full level for 10 ms and then fading to
 * silence. What comes after a loss is faded in from there within 4 ms. Sound without loss passes unchanged.
 */
final class Concealment {
    private final short[] history;
    private final short[] period;
    private final int shortestPeriod;
    private final int correlated;
    private final int fullLevel;
    private final int longest;
    private final int fadeIn;
    private int periodLength;
    private int missing;
    private boolean heard;

    Concealment(AudioFormat format) {
        shortestPeriod = format.samples(5);
        period = new short[format.samples(15)];
        correlated = format.samples(20);
        history = new short[period.length + correlated];
        fullLevel = format.samples(10);
        longest = format.samples(60);
        fadeIn = format.samples(4);
    }

    /** Forgets all: a new source begins. */
    void reset() {
        heard = false;
        missing = 0;
    }

    /** Sound came for these samples, which stand in {@code frame}. */
    void good(short[] frame, int from, int to) {
        if (missing > 0) {
            int end = Math.min(to, from + fadeIn);
            for (int i = from; i < end; i++) {
                int weight = i - from;
                frame[i] = (short) ((frame[i] * weight + extended(missing + weight) * (fadeIn - weight)) / fadeIn);
            }
            missing = 0;
        }
        heard = true;
        remember(frame, from, to);
    }

    /**
     * Nothing came for these samples.
     *
     * @return how many of them were made up; the others are silence
     */
    int lost(short[] frame, int from, int to) {
        if (missing == 0 && heard) {
            findPeriod();
        }
        int madeUp = 0;
        for (int i = from; i < to; i++) {
            frame[i] = heard ? extended(missing) : 0;
            if (heard && missing < longest) {
                missing++;
                madeUp++;
            }
        }
        remember(frame, from, to);
        return madeUp;
    }

    /** The source is silent for these samples. */
    void silent(short[] frame, int from, int to) {
        for (int i = from; i < to; i++) {
            frame[i] = 0;
        }
        missing = 0;
        remember(frame, from, to);
    }

    private short extended(int sinceLoss) {
        if (sinceLoss >= longest || periodLength == 0) {
            return 0;
        }
        int sample = period[sinceLoss % periodLength];
        return sinceLoss < fullLevel
                ? (short) sample
                : (short) ((long) sample * (longest - sinceLoss) / (longest - fullLevel));
    }

    /** The shift by which the last 20 ms resemble what was before them most. */
    private void findPeriod() {
        int newest = history.length - correlated;
        double best = 0;
        periodLength = period.length;
        for (int lag = shortestPeriod; lag <= period.length; lag++) {
            long product = 0;
            long power = 1;
            for (int i = 0; i < correlated; i++) {
                int earlier = history[newest - lag + i];
                product += (long) history[newest + i] * earlier;
                power += (long) earlier * earlier;
            }
            double likeness = product / Math.sqrt((double) power);
            if (likeness > best) {
                best = likeness;
                periodLength = lag;
            }
        }
        System.arraycopy(history, history.length - periodLength, period, 0, periodLength);
    }

    private void remember(short[] frame, int from, int to) {
        int length = Math.min(to - from, history.length);
        System.arraycopy(history, length, history, 0, history.length - length);
        System.arraycopy(frame, to - length, history, history.length - length, length);
    }
}
