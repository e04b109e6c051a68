package io.ringback.media.dtmf;

import io.ringback.media.AudioFormat;
import io.ringback.media.ToneGenerator;

/** The pair of frequencies of each key (ITU-T Q.23). */
public final class DtmfTone {
    /** No key. */
    public static final int NONE = -1;

    /** Levels of the two frequencies that we make, in dBFS. */
    static final double[] LEVELS = {-10, -10};

    private static final double[] LOW = {697, 770, 852, 941};
    private static final double[] HIGH = {1209, 1336, 1477, 1633};

    /** Keys by row and column. */
    private static final int[][] KEYS = {{1, 2, 3, 12}, {4, 5, 6, 13}, {7, 8, 9, 14}, {10, 0, 11, 15}};

    private DtmfTone() {}

    static double[] low() {
        return LOW.clone();
    }

    static double[] high() {
        return HIGH.clone();
    }

    static int key(int row, int column) {
        return KEYS[row][column];
    }

    /** The two frequencies of a key in Hz, the low one first. */
    public static double[] frequencies(int key) {
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                if (KEYS[row][column] == key) {
                    return new double[] {LOW[row], HIGH[column]};
                }
            }
        }
        throw new IllegalArgumentException("no key: " + key);
    }

    /** The sound of a key. */
    public static short[] sound(AudioFormat format, int key, int millis) {
        return new ToneGenerator(format).tone(millis, frequencies(key), LEVELS);
    }
}
