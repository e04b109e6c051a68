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
        int edge = Math.min(format.samples(EDGE_MILLIS), sound.length / 2);
        for (int i = 0; i < sound.length; i++) {
            double sum = 0;
            for (int f = 0; f < frequencies.length; f++) {
                double phase = 2 * Math.PI * frequencies[f] * i / format.sampleRate();
                sum += Level.amplitude(levels[f]) * Math.sin(phase);
            }
            int fromEnd = Math.min(i + 1, sound.length - i);
            double gain = fromEnd > edge ? 1 : (double) fromEnd / (edge + 1);
            sound[i] = (short) Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, Math.round(gain * sum)));
        }
        return sound;
    }
}
