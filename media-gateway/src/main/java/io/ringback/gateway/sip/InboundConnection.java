package io.ringback.gateway.sip;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP connection that somebody opened to us. It ends when nothing comes for too long, and when its peer goes on to
 * send while it does not read what it is answered: the stack would keep all of that in memory.
 */
final class InboundConnection extends Socket {
    private final Connections table;
    private final AtomicBoolean counted = new AtomicBoolean();
    private final AtomicInteger unread = new AtomicInteger();
    private volatile boolean writing;

    InboundConnection(Connections table) {
        this.table = table;
    }

    /** Once it is connected: takes its place among the others; false when there is none. */
    boolean enter() throws SocketException {
        if (!table.enter(getInetAddress())) {
            return false;
        }
        counted.set(true);
        setSoTimeout((int) table.silence().firstByte().toMillis());
        return true;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Reading(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Writing(super.getOutputStream());
    }

    @Override
    public synchronized void close() throws IOException {
        InetAddress source = getInetAddress();
        super.close();
        if (counted.compareAndSet(true, false)) {
            table.leave(source);
        }
    }

    private final class Reading extends FilterInputStream {
        private boolean began;

        Reading(InputStream from) {
            super(from);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            if (!began && count > 0) {
                began = true;
                setSoTimeout((int) table.silence().later().toMillis());
            }
            if (writing && unread.addAndGet(count) > Connections.MOST_UNREAD) {
                table.stalled();
                close();
                throw new IOException("the peer sends and does not read");
            }
            return count;
        }
    }

    private final class Writing extends FilterOutputStream {
        Writing(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            unread.set(0);
            writing = true;
            try {
                out.write(from, offset, length);
            } finally {
                writing = false;
            }
        }
    }
}
