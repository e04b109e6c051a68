package io.ringback.media.wav;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Composes raw mono files into one WAV file with a channel for each. Where a channel begins later than the file or ends
 * sooner than the longest one, it is silent. Holds a stretch of sound in memory, never a file.
 */
public final class WavComposer {
    /** In samples of each channel. */
    private static final int STRETCH = 8192;

    private WavComposer() {}

    /**
     * One channel.
     *
     * @param raw 16-bit little-endian samples; a file that is not there is silence
     * @param firstFrame where in the composed file its first sample stands
     */
    public record Channel(Path raw, long firstFrame) {}

    /**
     * Writes the file, replacing one that is there.
     *
     * @return samples of each channel
     */
    public static long compose(Path target, int sampleRate, List<Channel> channels) throws IOException {
        return compose(target, sampleRate, channels, WavHeader.RIFF_LIMIT);
    }

    static long compose(Path target, int sampleRate, List<Channel> channels, long riffLimit) throws IOException {
        Files.deleteIfExists(target);
        List<Source> sources = new ArrayList<>();
        FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE_NEW, READ, WRITE);
        try (WavWriter writer = new WavWriter(file, sampleRate, channels.size(), 0, riffLimit)) {
            for (Channel channel : channels) {
                sources.add(Source.open(channel));
            }
            long frames = sources.stream().mapToLong(Source::end).max().orElse(0);
            interleave(sources, frames, writer);
            return frames;
        } finally {
            for (Source source : sources) {
                source.close();
            }
        }
    }

    private static void interleave(List<Source> sources, long frames, WavWriter writer) throws IOException {
        short[] one = new short[STRETCH];
        short[] all = new short[STRETCH * sources.size()];
        for (long at = 0; at < frames; at += STRETCH) {
            int count = (int) Math.min(STRETCH, frames - at);
            for (int channel = 0; channel < sources.size(); channel++) {
                sources.get(channel).read(at, one, count);
                for (int i = 0; i < count; i++) {
                    all[i * sources.size() + channel] = one[i];
                }
            }
            writer.write(all, 0, count * sources.size());
        }
    }

    /** A channel that is read from front to back; without a file it is empty. */
    private record Source(@Nullable FileChannel file, long first, long end, ByteBuffer buffer) {
        static Source open(Channel channel) throws IOException {
            long first = channel.firstFrame();
            FileChannel file = Files.exists(channel.raw()) ? FileChannel.open(channel.raw(), READ) : null;
            long end = file == null ? first : first + file.size() / 2;
            return new Source(file, first, end, ByteBuffer.allocate(2 * STRETCH).order(ByteOrder.LITTLE_ENDIAN));
        }

        /** Fills {@code samples} with what stands from {@code at} on, silence where there is nothing. */
        void read(long at, short[] samples, int count) throws IOException {
            long from = Math.max(at, first);
            long to = Math.min(at + count, end);
            Arrays.fill(samples, 0, count, (short) 0);
            if (file == null || from >= to) {
                return;
            }
            buffer.clear().limit((int) (2 * (to - from)));
            long position = 2 * (from - first);
            while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) >= 0) {
                // until the stretch is whole or the file ends
            }
            buffer.flip();
            buffer.asShortBuffer().get(samples, (int) (from - at), buffer.limit() / 2);
        }

        void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }
}
