package io.ringback.local.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** A WAV file, read by the JDK: a second opinion on what we write. */
public final class Wav {
    private final byte[] file;
    private final short[] samples;
    private final int sampleRate;

    private Wav(byte[] file, short[] samples, int sampleRate) {
        this.file = file;
        this.samples = samples;
        this.sampleRate = sampleRate;
    }

    /** @throws Expected when it is not mono 16-bit PCM */
    public static Wav parse(byte[] file) throws IOException {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
            AudioFormat format = in.getFormat();
            Expected.that(
                    format.getChannels() == 1
                            && format.getSampleSizeInBits() == 16
                            && format.getEncoding().equals(AudioFormat.Encoding.PCM_SIGNED)
                            && !format.isBigEndian(),
                    () -> "a mono recording of 16-bit PCM",
                    format::toString);
            byte[] data = in.readAllBytes();
            short[] samples = new short[data.length / 2];
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
            return new Wav(file, samples, (int) format.getSampleRate());
        } catch (UnsupportedAudioFileException e) {
            throw Expected.notFound("a WAV file", String.valueOf(e.getMessage()));
        }
    }

    /** The whole file. */
    public byte[] file() {
        return file.clone();
    }

    public short[] samples() {
        return samples.clone();
    }

    public int sampleRate() {
        return sampleRate;
    }

    public long durationMs() {
        return samples.length * 1000L / sampleRate;
    }
}
