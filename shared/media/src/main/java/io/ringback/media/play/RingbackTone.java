package io.ringback.media.play;

import io.ringback.media.AudioFormat;
import io.ringback.media.ToneGenerator;
import java.util.Arrays;

/**
 * What a caller hears while the other side rings, as in North America (ITU-T E.180 supplement 2): 440 and 480 Hz
 * together, two seconds on and four off.
 */
public final class RingbackTone {
    private static final double[] FREQUENCIES = {440, 480};

    /** Of each frequency, in dBFS: about −19 dBm0. */
    private static final double[] LEVELS = {-22, -22};

    private static final int ON_MILLIS = 2000;
    private static final int PERIOD_MILLIS = 6000;

    private RingbackTone() {}

    /** One period, to be played over and over. Takes some milliseconds to make, so it is made once and shared. */
    public static short[] period(AudioFormat format) {
        short[] tone = new ToneGenerator(format).tone(ON_MILLIS, FREQUENCIES, LEVELS);
        return Arrays.copyOf(tone, format.samples(PERIOD_MILLIS));
    }
}
