package io.ringback.local.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A free even port for RTP and the odd one above it for RTCP (RFC 3550 §11). */
record RtpSockets(DatagramChannel rtp, DatagramChannel rtcp, int port) {
    private static final Logger LOG = LoggerFactory.getLogger(RtpSockets.class);
    private static final int ATTEMPTS = 100;
    private static final int BUFFER_BYTES = 1 << 18;

    static RtpSockets open(InetAddress bind) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            DatagramChannel rtp = DatagramChannel.open();
            rtp.bind(new InetSocketAddress(bind, 0));
            rtp.setOption(java.net.StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            int port = ((InetSocketAddress) rtp.getLocalAddress()).getPort();
            DatagramChannel rtcp = DatagramChannel.open();
            try {
                if (port % 2 == 0) {
                    rtcp.bind(new InetSocketAddress(bind, port + 1));
                    return new RtpSockets(rtp, rtcp, port);
                }
            } catch (BindException e) {
                LOG.trace("Port {} is taken", port + 1, e);
            }
            rtp.close();
            rtcp.close();
        }
        throw new BindException("no free pair of ports for RTP");
    }

    /** Sends one RTP datagram. A destination that cannot be reached is the line's fault: the packet is lost. */
    void send(byte[] datagram, InetSocketAddress to) {
        try {
            rtp.send(ByteBuffer.wrap(datagram), to);
        } catch (IOException e) {
            LOG.debug("RTP to {} was not sent", to, e);
        }
    }

    void close() {
        try {
            rtp.close();
            rtcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
