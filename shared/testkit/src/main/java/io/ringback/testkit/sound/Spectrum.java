package io.ringback.testkit.sound;

/** Levels of single frequencies in a sound. */
public final class Spectrum {
    private Spectrum() {}

    /**
     * The level of one frequency over a stretch of sound, in dBFS, where 0 is a sine that just fills the 16 bits. A
     * Hann window keeps other frequencies out: those further off than two over the stretch's length.
     */
    public static double level(short[] sound, int from, int to, int sampleRate, double hertz) {
        double real = 0;
        double imaginary = 0;
        double weights = 0;
        for (int i = from; i < to; i++) {
            double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i - from + 0.5) / (to - from));
            double phase = 2 * Math.PI * hertz * (i - from) / sampleRate;
            real += weight * sound[i] * Math.cos(phase);
            imaginary += weight * sound[i] * Math.sin(phase);
            weights += weight;
        }
        double amplitude = 2 * Math.hypot(real, imaginary) / weights;
        return 20 * Math.log10(Math.max(amplitude, 1e-3) / Short.MAX_VALUE);
    }

    /** The level of all frequencies together over a stretch of sound, in dBFS. */
    public static double level(short[] sound, int from, int to) {
        double power = 0;
        for (int i = from; i < to; i++) {
            power += (double) sound[i] * sound[i];
        }
        double full = 0.5 * Short.MAX_VALUE * Short.MAX_VALUE;
        return 10 * Math.log10(Math.max(power, 1e-3) / (to - from) / full);
    }
}
