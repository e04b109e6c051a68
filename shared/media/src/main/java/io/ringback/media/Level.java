package io.ringback.media;

/** Levels in dBFS: 0 is a sine that just fills the 16 bits, silence is {@link #SILENCE}. */
public final class Level {
    /** What is below all that 16 bits can tell. */
    public static final double SILENCE = -100;

    private Level() {}

    /** The level of a stretch of sound. */
    public static double of(short[] sound, int from, int to) {
        long power = 0;
        for (int i = from; i < to; i++) {
            power += (long) sound[i] * sound[i];
        }
        if (power == 0) {
            return SILENCE;
        }
        double full = 0.5 * Short.MAX_VALUE * Short.MAX_VALUE;
        return Math.max(SILENCE, 10 * Math.log10((double) power / (to - from) / full));
    }

    /** The amplitude of a sine of that level. */
    public static double amplitude(double dbfs) {
        return Short.MAX_VALUE * Math.pow(10, dbfs / 20);
    }
}
