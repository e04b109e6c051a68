package io.ringback.media.wav;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.ringback.media.AudioFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Writes a WAV file of 16-bit PCM while the sound is made. After each second of sound everything is handed to the
 * operating system and the header's sizes are right, so that a player can open the file at any time and a killed
 * process loses at most a second. Beyond 4 GiB the file becomes RF64. Used by one thread, never the pacer's.
 */
public final class WavWriter implements Closeable {
    private final FileChannel file;
    private final int sampleRate;
    private final int channels;
    private final long riffLimit;
    private final int headerBytes;
    private final ByteBuffer buffer;
    private long dataBytes;
    private long bytesOnDisk;

    WavWriter(FileChannel file, int sampleRate, int channels, long dataBytes, long riffLimit) throws IOException {
        this.file = file;
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.riffLimit = riffLimit;
        this.headerBytes = WavHeader.bytes(channels);
        this.dataBytes = dataBytes;
        this.bytesOnDisk = dataBytes;
        buffer = ByteBuffer.allocate(2 * channels * sampleRate).order(ByteOrder.LITTLE_ENDIAN);
        flush();
    }

    /**
     * Begins a new file with a header for no sound.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file exists
     */
    public static WavWriter create(Path path, AudioFormat format, int channels) throws IOException {
        FileChannel file = FileChannel.open(path, CREATE_NEW, READ, WRITE);
        return new WavWriter(file, format.sampleRate(), channels, 0, WavHeader.RIFF_LIMIT);
    }

    /** Appends samples, channels interleaved: a multiple of the number of channels. */
    public void write(short[] samples, int offset, int count) throws IOException {
        if (count % channels != 0) {
            throw new IllegalArgumentException(count + " samples for " + channels + " channels");
        }
        for (int i = 0; i < count; i++) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.putShort(samples[offset + i]);
            dataBytes += 2;
        }
    }

    /** Samples of each channel so far. */
    public long frames() {
        return dataBytes / (2L * channels);
    }

    /** How many bytes stand before the samples in a file of so many channels. */
    public static int headerBytes(int channels) {
        return WavHeader.bytes(channels);
    }

    /** Hands all sound so far to the operating system and makes the header tell its length. */
    public void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                bytesOnDisk += file.write(buffer, headerBytes + bytesOnDisk);
            }
        } finally {
            buffer.compact();
        }
        ByteBuffer header = WavHeader.of(sampleRate, channels, dataBytes, riffLimit);
        while (header.hasRemaining()) {
            file.write(header, header.position());
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            flush();
        }
    }
}
