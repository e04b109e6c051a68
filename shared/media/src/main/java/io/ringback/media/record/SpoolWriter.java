package io.ringback.media.record;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.ringback.media.AudioFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Writes the spool of one channel: raw 16-bit little-endian samples, mono, no header, so that its length on the disk is
 * the truth whenever the process dies. What is not flushed, at most a second, is in memory. Used by one thread.
 */
public final class SpoolWriter implements FrameSink, Closeable {
    private final FileChannel file;
    private final ByteBuffer buffer;

    private SpoolWriter(FileChannel file, int bufferBytes) {
        this.file = file;
        buffer = ByteBuffer.allocate(bufferBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Begins a new file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file exists
     */
    public static SpoolWriter create(Path path, AudioFormat format) throws IOException {
        return new SpoolWriter(FileChannel.open(path, CREATE_NEW, WRITE), 2 * format.sampleRate());
    }

    @Override
    public void write(short[] samples, int offset, int count) throws IOException {
        for (int i = offset; i < offset + count; i++) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.putShort(samples[i]);
        }
    }

    /** Hands all sound so far to the operating system. */
    public void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } finally {
            buffer.compact();
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            flush();
        }
    }
}
