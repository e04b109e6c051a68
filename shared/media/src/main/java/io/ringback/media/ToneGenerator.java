package io.ringback.media;

/** Makes sounds of constant frequencies. */
public final class ToneGenerator {
    /** Length of the rise and the fall, which keep the spectrum narrow. */
    private static final int EDGE_MILLIS = 2;

    private final AudioFormat format;

    public ToneGenerator(AudioFormat format) {
        this.format = format;
    }

    /**
     * The sum of sines, each with its own level.
     *
     * @param frequencies in Hz
     * @param levels in dBFS, where 0 is a sine that just fills the 16 bits; as many as there are frequencies
     */
    public short[] tone(int millis, double[] frequencies, double[] levels) {
        short[] sound = new short[format.samples(millis)];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = sample(i, sound.length, frequencies, levels);
        }
        return sound;
    }

    /**
     * One sample of such a sound, for those that make it piece by piece.
     *
     * @param at which one, from 0
     * @param length of the whole sound, in samples
     */
    public short sample(int at, int length, double[] frequencies, double[] levels) {
        double sum = 0;
        for (int f = 0; f < frequencies.length; f++) {
            double phase = 2 * Math.PI * frequencies[f] * at / format.sampleRate();
            sum += Level.amplitude(levels[f]) * Math.sin(phase);
        }
        int edge = Math.min(format.samples(EDGE_MILLIS), length / 2);
        int fromEnd = Math.min(at + 1, length - at);
        double gain = fromEnd > edge ? 1 : (double) fromEnd / (edge + 1);
        return (short) Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, Math.round(gain * sum)));
    }
}
