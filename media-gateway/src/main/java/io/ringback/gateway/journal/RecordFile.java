package io.ringback.gateway.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * An append-only file of records. A crash may tear its tail: what lies behind the last whole record is cut off when the
 * file is opened again. Not thread-safe.
 *
 * <pre>
 *  0               4               8
 * +---------------+---------------+------------------- - -
 * | length        | CRC-32C       | payload
 * +---------------+---------------+------------------- - -
 * </pre>
 */
final class RecordFile implements Closeable {
    /** No record of ours comes near; a greater length is garbage. */
    static final int MAX_PAYLOAD = 1 << 20;

    private static final int HEADER = 8;

    private final FileChannel channel;
    private long size;

    private RecordFile(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /** Opens or creates the file, hands every whole record to {@code replay} in order and cuts off a torn tail. */
    static RecordFile open(Path path, Consumer<byte[]> replay) throws IOException {
        return open(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                replay);
    }

    static RecordFile open(FileChannel channel, Consumer<byte[]> replay) throws IOException {
        try {
            long whole = replay(channel, replay);
            channel.truncate(whole);
            return new RecordFile(channel, whole);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Adds a record; it survives the death of the process, and that of the machine after {@link #force}. What there was
     * of one that could not be written whole is overwritten by the next.
     */
    void append(byte[] payload) throws IOException {
        if (payload.length == 0 || payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("a record of " + payload.length + " bytes");
        }
        ByteBuffer record = ByteBuffer.allocate(HEADER + payload.length);
        record.putInt(payload.length).putInt(checksum(payload)).put(payload).flip();
        while (record.hasRemaining()) {
            channel.write(record, size + record.position());
        }
        size += HEADER + payload.length;
    }

    /** Returns when everything appended is on the disk itself. */
    void force() throws IOException {
        channel.force(false);
    }

    /** Length of the file in bytes. */
    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static long replay(FileChannel channel, Consumer<byte[]> replay) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        long position = 0;
        while (readFully(channel, header.clear(), position)) {
            int length = header.getInt(0);
            if (length <= 0 || length > MAX_PAYLOAD) {
                return position;
            }
            ByteBuffer payload = ByteBuffer.allocate(length);
            if (!readFully(channel, payload, position + HEADER) || checksum(payload.array()) != header.getInt(4)) {
                return position;
            }
            replay.accept(payload.array());
            position += HEADER + length;
        }
        return position;
    }

    private static boolean readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
        long from = position;
        while (into.hasRemaining()) {
            int read = channel.read(into, from);
            if (read < 0) {
                return false;
            }
            from += read;
        }
        return true;
    }

    private static int checksum(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
