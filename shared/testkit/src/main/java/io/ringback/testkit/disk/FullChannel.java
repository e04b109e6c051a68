package io.ringback.testkit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file on a disk that takes so many more bytes, and then, until it is told otherwise, no more. */
public final class FullChannel extends FileChannel {
    private final FileChannel file;
    private int left = Integer.MAX_VALUE;

    public FullChannel(FileChannel file) {
        this.file = file;
    }

    public void leaveRoomFor(int bytes) {
        left = bytes;
    }

    private int most(ByteBuffer from) throws IOException {
        if (left == 0) {
            throw new IOException("No space left on device");
        }
        int count = Math.min(left, from.remaining());
        left -= count;
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        ByteBuffer part = from.slice().limit(most(from));
        from.position(from.position() + part.limit());
        return file.write(part);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        ByteBuffer part = from.slice().limit(most(from));
        from.position(from.position() + part.limit());
        return file.write(part, position);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return file.read(into);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return file.read(into, position);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        return file.position(position);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        return file.truncate(size);
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file.force(metadata);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
