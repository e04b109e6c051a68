package io.ringback.testkit.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** A WAV file of 16-bit PCM, read by the platform's own reader. */
public final class WavFile {
    private final int sampleRate;
    private final int channels;
    private final short[] samples;

    private WavFile(int sampleRate, int channels, short[] samples) {
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.samples = samples;
    }

    /** Reads a whole file. */
    public static WavFile read(Path path) throws IOException {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(path.toFile())) {
            AudioFormat format = in.getFormat();
            if (format.getSampleSizeInBits() != 16 || format.isBigEndian()) {
                throw new IOException("not 16-bit PCM: " + format);
            }
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            short[] samples = new short[bytes.remaining() / 2];
            bytes.asShortBuffer().get(samples);
            return new WavFile((int) format.getSampleRate(), format.getChannels(), samples);
        } catch (UnsupportedAudioFileException e) {
            throw new IOException(path + " is no sound that the platform reads", e);
        }
    }

    public int sampleRate() {
        return sampleRate;
    }

    public int channels() {
        return channels;
    }

    /** The samples of one channel, counted from 0. */
    public short[] channel(int number) {
        short[] channel = new short[samples.length / channels];
        for (int i = 0; i < channel.length; i++) {
            channel[i] = samples[i * channels + number];
        }
        return channel;
    }
}
