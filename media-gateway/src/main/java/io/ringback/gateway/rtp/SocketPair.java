package io.ringback.gateway.rtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * The two sockets of a leg, bound to every address of the machine: the far side may see us under one that we did not
 * choose.
 */
final class SocketPair implements AutoCloseable {
    /** Expedited forwarding, the class of voice (RFC 3246), in the upper six bits. */
    private static final int VOICE = 46 << 2;

    private static final int BUFFER_BYTES = 128 * 1024;

    private final int port;
    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final Runnable closed;

    private SocketPair(int port, DatagramChannel rtp, DatagramChannel rtcp, Runnable closed) {
        this.port = port;
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.closed = closed;
    }

    static SocketPair bind(int port, Runnable closed) throws IOException {
        DatagramChannel rtp = bind(port);
        try {
            return new SocketPair(port, rtp, bind(port + 1), closed);
        } catch (IOException e) {
            rtp.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    DatagramChannel rtp() {
        return rtp;
    }

    DatagramChannel rtcp() {
        return rtcp;
    }

    @Override
    public void close() throws IOException {
        try (rtp;
                rtcp) {
            closed.run();
        }
    }

    private static DatagramChannel bind(int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES)
                    .setOption(StandardSocketOptions.IP_TOS, VOICE)
                    .bind(new InetSocketAddress(port))
                    .configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
