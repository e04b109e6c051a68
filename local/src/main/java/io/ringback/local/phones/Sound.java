package io.ringback.local.phones;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Something to say: linear samples at 8 kHz. */
final class Sound {
    private static final int RATE = 8000;
    private static final int FRAME = 160;

    private final short[] samples;

    private Sound(short[] samples) {
        this.samples = samples;
    }

    /** These samples. */
    static Sound of(short[] samples) {
        return new Sound(samples.clone());
    }

    /** Sines that sound together, each of this level relative to a full-scale sine. */
    static Sound sines(Duration length, double dbfs, int... hertz) {
        double amplitude = Short.MAX_VALUE * Math.pow(10, dbfs / 20);
        short[] samples = new short[(int) (length.toMillis() * RATE / 1000)];
        for (int i = 0; i < samples.length; i++) {
            double sum = 0;
            for (int frequency : hertz) {
                sum += amplitude * Math.sin(2 * Math.PI * frequency * i / RATE);
            }
            samples[i] = (short) Math.round(sum);
        }
        return new Sound(samples);
    }

    /** Something like speech: four syllables a second on changing pitches, with a breath after each second. */
    static Sound babble(Duration length) {
        short[] samples = new short[(int) (length.toMillis() * RATE / 1000)];
        int syllable = RATE / 4;
        for (int i = 0; i < samples.length; i++) {
            int number = i / syllable;
            double position = (double) (i % syllable) / syllable;
            double loudness = number % 4 == 3 ? 0 : Math.sin(Math.PI * position);
            double pitch = 2 * Math.PI * (120 + 15 * (number % 3)) * i / RATE;
            double voice = Math.sin(3 * pitch) + 0.6 * Math.sin(5 * pitch) + 0.4 * Math.sin(9 * pitch);
            samples[i] = (short) Math.round(0.12 * Short.MAX_VALUE * loudness * voice);
        }
        return new Sound(samples);
    }

    Duration length() {
        return Duration.ofMillis(samples.length * 1000L / RATE);
    }

    /** Its frames of 20 ms; the last one is filled up with silence. */
    List<short[]> frames() {
        List<short[]> frames = new ArrayList<>();
        for (int from = 0; from < samples.length; from += FRAME) {
            frames.add(Arrays.copyOfRange(samples, from, from + FRAME));
        }
        return frames;
    }
}
