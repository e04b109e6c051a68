package io.ringback.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Takes every connection and never answers. */
final class HangingReceiver implements AutoCloseable {
    private static final int BACKLOG = 1000;

    private final ServerSocket server;
    private final List<Socket> taken = new ArrayList<>();

    HangingReceiver() throws IOException {
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "hanging-receiver");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/callbacks");
    }

    /** How many connections were made so far. */
    synchronized int connections() {
        return taken.size();
    }

    /** Ends every connection. */
    synchronized void hangUp() throws IOException {
        for (Socket socket : taken) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }

    private void accept() {
        try {
            while (true) {
                take(server.accept());
            }
        } catch (SocketException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void take(Socket socket) {
        taken.add(socket);
    }
}
