package io.ringback.testkit.sound;

/**
 * How alike a heard sound is to the one that was to be heard, once both are aligned. The offset at the start and at the
 * end are found apart: where they differ, something was lost, doubled or played at another speed on the way.
 *
 * @param offsetMillis where in the heard sound the wanted one begins, by the likeness of the whole
 * @param startOffsetMillis the same by its first quarter alone
 * @param endOffsetMillis the same by its last quarter alone
 * @param snrDb power of the wanted sound over that of the difference, at {@code offsetMillis}, in dB; nothing is scaled
 */
public record AlignedSnr(double offsetMillis, double startOffsetMillis, double endOffsetMillis, double snrDb) {

    /** Compares; the heard sound may begin earlier or later and be longer or shorter. */
    public static AlignedSnr of(short[] wanted, short[] heard, int sampleRate) {
        int quarter = wanted.length / 4;
        int offset = offset(wanted, 0, wanted.length, heard);
        double perMilli = sampleRate / 1000.0;
        return new AlignedSnr(
                offset / perMilli,
                offset(wanted, 0, quarter, heard) / perMilli,
                offset(wanted, wanted.length - quarter, wanted.length, heard) / perMilli,
                snr(wanted, heard, offset));
    }

    /** The shift of greatest correlation, over all shifts at once by way of the spectrum. */
    private static int offset(short[] wanted, int from, int to, short[] heard) {
        int size = Integer.highestOneBit(Math.max(1, to - from + heard.length - 1)) << 1;
        double[] wantedReal = new double[size];
        double[] wantedImaginary = new double[size];
        double[] heardReal = new double[size];
        double[] heardImaginary = new double[size];
        for (int i = from; i < to; i++) {
            wantedReal[i - from] = wanted[i];
        }
        for (int i = 0; i < heard.length; i++) {
            heardReal[i] = heard[i];
        }
        Fourier.transform(wantedReal, wantedImaginary, false);
        Fourier.transform(heardReal, heardImaginary, false);
        for (int i = 0; i < size; i++) {
            double real = heardReal[i] * wantedReal[i] + heardImaginary[i] * wantedImaginary[i];
            heardImaginary[i] = heardImaginary[i] * wantedReal[i] - heardReal[i] * wantedImaginary[i];
            heardReal[i] = real;
        }
        Fourier.transform(heardReal, heardImaginary, true);
        int best = 0;
        for (int i = 1; i < size; i++) {
            best = heardReal[i] > heardReal[best] ? i : best;
        }
        return (best < heard.length ? best : best - size) - from;
    }

    private static double snr(short[] wanted, short[] heard, int offset) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < wanted.length; i++) {
            int at = i + offset;
            double difference = wanted[i] - (at >= 0 && at < heard.length ? heard[at] : 0);
            signal += (double) wanted[i] * wanted[i];
            noise += difference * difference;
        }
        return 10 * Math.log10(signal / Math.max(noise, 1e-9));
    }
}
