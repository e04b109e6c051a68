package io.ringback.local.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits at all RTP sockets and stamps each datagram as it arrives. */
final class RtpReceiver implements AutoCloseable {
    /** Takes a datagram; runs on the receiving thread and must be short. */
    interface Sink {
        void arrived(long nanos, byte[] datagram);
    }

    private static final Logger LOG = LoggerFactory.getLogger(RtpReceiver.class);
    private static final int LARGEST_DATAGRAM = 2048;

    private final Selector selector = Selector.open();
    private final LongSupplier nanoTime;
    private final Thread thread;

    RtpReceiver(LongSupplier nanoTime) throws IOException {
        this.nanoTime = nanoTime;
        this.thread = new Thread(this::run, "phones-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on the channel's datagrams go to the sink, until it is closed. */
    void register(DatagramChannel channel, Sink sink) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, sink);
        selector.wakeup();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
        while (selector.isOpen()) {
            try {
                selector.select(key -> read(key, buffer));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ClosedSelectorException e) {
                LOG.trace("The phone network was closed", e);
            } catch (RuntimeException e) {
                LOG.warn("A simulated phone could not take a datagram", e);
            }
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
        try {
            DatagramChannel channel = (DatagramChannel) key.channel();
            for (SocketAddress from = next(channel, buffer); from != null; from = next(channel, buffer)) {
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                ((Sink) key.attachment()).arrived(nanoTime.getAsLong(), datagram);
            }
        } catch (ClosedChannelException e) {
            LOG.trace("The call ended while its datagram was being read", e);
        } catch (IOException e) {
            LOG.debug("Reading a simulated phone's RTP failed", e);
        }
    }

    private static @Nullable SocketAddress next(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        return channel.receive(buffer);
    }

    @Override
    public void close() throws IOException {
        selector.close();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
