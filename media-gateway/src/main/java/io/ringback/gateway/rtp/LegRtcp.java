package io.ringback.gateway.rtp;

import io.ringback.media.rtp.RtcpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One leg's reports and those of its peer (RFC 3550 §6). */
final class LegRtcp {
    private static final Logger LOG = LoggerFactory.getLogger(LegRtcp.class);

    private final DatagramChannel channel;
    private final RtcpExchange exchange;
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable InetSocketAddress destination;

    LegRtcp(DatagramChannel channel, RtcpExchange exchange) {
        this.channel = channel;
        this.exchange = exchange;
    }

    void negotiated(InetSocketAddress remote) {
        destination = remote;
    }

    /**
     * Takes a datagram; a peer behind an address translator is answered where it comes from.
     *
     * @param media where the leg's sound comes from, or null
     * @return whether it came from the leg
     */
    boolean received(byte[] bytes, int length, InetSocketAddress source, @Nullable InetSocketAddress media) {
        boolean ours = source.equals(destination)
                || (media != null && source.getAddress().equals(media.getAddress()));
        if (!ours || !exchange.received(bytes, 0, length)) {
            refused.incrementAndGet();
            return false;
        }
        destination = source;
        return true;
    }

    void report() {
        send(exchange.report());
    }

    void goodbye() {
        send(exchange.goodbye());
    }

    double roundTripMs() {
        return exchange.roundTripMillis();
    }

    long refused() {
        return refused.get();
    }

    private void send(byte[] compound) {
        InetSocketAddress to = destination;
        if (to != null && channel.isOpen()) {
            try {
                channel.send(ByteBuffer.wrap(compound), to);
            } catch (IOException | UnsupportedAddressTypeException e) {
                LOG.debug("an RTCP report could not be sent", e);
            }
        }
    }
}
