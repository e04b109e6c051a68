package io.ringback.local.phones;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A sound that is like itself at one alignment only: syllables of low-passed noise at about −20 dBFS. */
final class KnownSignal {
    private static final int RATE = 8000;

    private KnownSignal() {}

    static short[] ofSeconds(int seconds, long seed) {
        Random random = new Random(seed);
        short[] samples = new short[seconds * RATE];
        double low = 0;
        for (int i = 0; i < samples.length; i++) {
            low += 0.5 * (random.nextGaussian() - low);
            double syllable = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * i / RATE);
            samples[i] = (short) Math.max(-32_000, Math.min(32_000, 5000 * low * syllable));
        }
        return samples;
    }

    /** What is left of it after companding. */
    static short[] after(G711 law, short[] samples) {
        return law.decode(law.encode(samples));
    }

    /** This much silence before it. */
    static short[] delayed(int silentSeconds, short[] samples) {
        short[] delayed = new short[silentSeconds * RATE + samples.length];
        System.arraycopy(samples, 0, delayed, silentSeconds * RATE, samples.length);
        return delayed;
    }

    static void writeWav(Path file, short[] samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples.length),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }
}
