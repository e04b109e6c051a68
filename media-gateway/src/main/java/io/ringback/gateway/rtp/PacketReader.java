package io.ringback.gateway.rtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the packets of all legs on one thread and hands each to its leg; whatever a packet holds, the thread lives. */
public final class PacketReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PacketReader.class);

    /** Longer datagrams are cut, and then are no valid packets of ours. */
    private static final int MOST_BYTES = 2048;

    /** Packets taken from one socket before the others have their turn. */
    private static final int IN_A_ROW = 16;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
    private final Thread thread = new Thread(this::run, "rtp-reader");
    private volatile boolean closing;

    /** Takes the packets of one socket, on the reader's thread. */
    interface Receiver {
        void received(byte[] bytes, int length, InetSocketAddress source);
    }

    public PacketReader() throws IOException {
        selector = Selector.open();
        thread.start();
    }

    /** Reads from this channel until it is closed. */
    void read(DatagramChannel channel, Receiver receiver) {
        execute(() -> {
            try {
                var unused = channel.register(selector, SelectionKey.OP_READ, receiver);
            } catch (ClosedChannelException e) {
                LOG.debug("a socket was closed before it was read", e);
            }
        });
    }

    /** Runs a task on the reader's thread, between two packets. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector) {
            while (!closing) {
                selector.select(this::readSome);
                runTasks();
            }
            runTasks();
        } catch (IOException e) {
            LOG.error("no packets are read any more", e);
        }
    }

    /** One leg's bug must not make all of them deaf. */
    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a task between two packets failed", e);
            }
        }
    }

    private void readSome(SelectionKey key) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        Receiver receiver = (Receiver) key.attachment();
        try {
            for (int i = 0; i < IN_A_ROW; i++) {
                InetSocketAddress source = (InetSocketAddress) channel.receive(buffer.clear());
                if (source == null) {
                    return;
                }
                receiver.received(buffer.array(), buffer.position(), source);
            }
        } catch (IOException e) {
            LOG.debug("a packet could not be read", e);
        } catch (RuntimeException e) {
            LOG.error("a packet could not be handled", e);
        }
    }
}
