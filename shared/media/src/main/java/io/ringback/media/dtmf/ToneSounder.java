package io.ringback.media.dtmf;

import io.ringback.media.AudioFormat;
import io.ringback.media.ToneGenerator;

/**
 * Sounds one key press as its pair of frequencies, cycle by cycle. Used on the pacer's thread; a cycle allocates
 * nothing.
 */
final class ToneSounder {
    private final AudioFormat format;
    private final ToneGenerator tones;
    private final double[][] pairs = new double[TelephoneEvent.KEYS][];
    private double[] pair;
    private int length;
    private int position;

    ToneSounder(AudioFormat format) {
        this.format = format;
        tones = new ToneGenerator(format);
        for (int key = 0; key < pairs.length; key++) {
            pairs[key] = DtmfTone.frequencies(key);
        }
        pair = pairs[0];
    }

    /** Presses a key with the next frame. */
    void press(int key, int millis) {
        pair = pairs[key];
        length = format.samples(millis);
        position = 0;
    }

    /** Whether a press lasts. */
    boolean isPressed() {
        return position < length;
    }

    /** Ends the press. */
    void drop() {
        length = 0;
    }

    /**
     * Puts the press in the place of a frame; what the press leaves of its last one is silence.
     *
     * @return false if none lasts, and nothing was written
     */
    boolean write(short[] frame) {
        if (!isPressed()) {
            return false;
        }
        for (int i = 0; i < frame.length; i++) {
            frame[i] = position < length ? tones.sample(position++, length, pair, DtmfTone.LEVELS) : 0;
        }
        return true;
    }
}
