package io.ringback.gateway.sip;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The stack's sockets: connections to us are counted and bounded, ours are given up soon. */
final class BoundedNetwork implements NetworkLayer {
    /** A refusing or dead address must not hold a leg up. */
    private static final int CONNECT_TIMEOUT_MS = 3000;

    private final Connections connections;

    BoundedNetwork(Connections connections) {
        this.connections = connections;
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return new ServerSocket(port, backlog, address) {
            @Override
            public Socket accept() throws IOException {
                while (true) {
                    InboundConnection connection = new InboundConnection(connections);
                    implAccept(connection);
                    if (connection.enter()) {
                        return connection;
                    }
                    connection.close();
                }
            }
        };
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return createSocket(address, port, null, 0);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, @Nullable InetAddress own) throws IOException {
        return createSocket(address, port, own, 0);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, @Nullable InetAddress own, int ownPort)
            throws IOException {
        Socket socket = new Socket();
        try {
            if (own != null) {
                socket.bind(new InetSocketAddress(own, ownPort));
            }
            socket.connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            // The stack expects this one, also of a time-out.
            throw e instanceof SocketException ? e : new SocketException(e.toString());
        }
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return new DatagramSocket();
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
        return new DatagramSocket(port, address);
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address) {
        throw noTls();
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) {
        throw noTls();
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress own) {
        throw noTls();
    }

    private static UnsupportedOperationException noTls() {
        return new UnsupportedOperationException("the stack listens on UDP and TCP only");
    }

    @Override
    public void setSipStack(SipStackImpl stack) {
        // It needs none.
    }
}
