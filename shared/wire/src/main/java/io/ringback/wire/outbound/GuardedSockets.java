package io.ringback.wire.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Sockets that connect only where a policy allows. */
final class GuardedSockets extends SocketFactory {
    private final OutboundPolicy policy;
    private final UnaryOperator<InetSocketAddress> ways;

    GuardedSockets(OutboundPolicy policy, UnaryOperator<InetSocketAddress> ways) {
        this.policy = policy;
        this.ways = ways;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(policy, ways);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    private Socket connected(InetSocketAddress remote, @Nullable InetSocketAddress local) throws IOException {
        Socket socket = createSocket();
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(remote);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static final class GuardedSocket extends Socket {
        private final OutboundPolicy policy;
        private final UnaryOperator<InetSocketAddress> ways;

        GuardedSocket(OutboundPolicy policy, UnaryOperator<InetSocketAddress> ways) {
            // Else a SOCKS proxy of the system's settings would connect for us to where it likes.
            super(Proxy.NO_PROXY);
            this.policy = policy;
            this.ways = ways;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress remote)
                    || remote.isUnresolved()
                    || !policy.allows(remote.getAddress())) {
                throw new NoRouteToHostException(endpoint + " may not be contacted");
            }
            super.connect(ways.apply(remote), timeout);
        }
    }
}
