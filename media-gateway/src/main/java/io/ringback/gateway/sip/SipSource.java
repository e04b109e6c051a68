package io.ringback.gateway.sip;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.message.Request;

/**
 * The flow that a request came by: whatever its headers claim, what is sent back there reaches the sender, also behind
 * a NAT (RFC 3581, RFC 5626 §2).
 *
 * @param transport {@code udp} or {@code tcp}
 */
record SipSource(InetAddress address, int port, String transport) {
    static SipSource of(Request request) {
        SIPMessage message = (SIPMessage) request;
        String transport = message.getTopmostVia().getTransport();
        return new SipSource(
                message.getPeerPacketSourceAddress(),
                message.getPeerPacketSourcePort(),
                "tcp".equalsIgnoreCase(transport) ? "tcp" : "udp");
    }

    /** Reads what {@link #toString()} wrote, without looking any name up. */
    static Optional<SipHop> hop(String flow) {
        int first = flow.indexOf(':');
        int last = flow.lastIndexOf(':');
        if (first < 0 || first == last || !flow.substring(last + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(flow.substring(last + 1));
        String host = flow.substring(first + 1, last);
        return switch (flow.substring(0, first)) {
            case "udp" -> Optional.of(new SipHop(host, port, "udp", true));
            case "tcp" -> Optional.of(new SipHop(host, port, "tcp"));
            default -> Optional.empty();
        };
    }

    /** Where an answer or a request of ours takes the same way back; never by another transport. */
    SipHop hop() {
        return new SipHop(address.getHostAddress(), port, transport, transport.equals("udp"));
    }

    /** An answer over TCP takes the connection of the request and opens none to wherever its Via points. */
    static void answerOverTheSameConnection(Request request) {
        SIPMessage message = (SIPMessage) request;
        Via via = message.getTopmostVia();
        if (via == null
                || !"tcp".equalsIgnoreCase(via.getTransport())
                || message.getPeerPacketSourceAddress() == null) {
            return;
        }
        try {
            via.setReceived(message.getPeerPacketSourceAddress().getHostAddress());
            via.setParameter(Via.RPORT, Integer.toString(message.getPeerPacketSourcePort()));
        } catch (ParseException e) {
            throw new IllegalStateException("an address of this machine's own making", e);
        }
    }

    /** As registrations keep it: {@code udp:host:port}. */
    @Override
    public String toString() {
        return transport + ":" + address.getHostAddress() + ":" + port;
    }
}
