package io.ringback.testkit.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that counts who connects, and closes each connection at once. */
public final class Visits implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger count = new AtomicInteger();
    private final Thread thread = new Thread(this::accept, "visits");

    public Visits() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    public int count() {
        return count.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket visitor = server.accept()) {
                count.incrementAndGet();
                visitor.setSoLinger(true, 0);
            } catch (IOException e) {
                // The visitor is gone already, or this server is closed: either way there is nobody to serve.
            }
        }
    }
}
