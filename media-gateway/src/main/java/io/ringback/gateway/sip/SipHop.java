package io.ringback.gateway.sip;

import java.util.Locale;
import javax.sip.address.Hop;
import javax.sip.address.SipURI;

/**
 * Where a request goes next.
 *
 * @param host literal address, or a name that is not looked up yet
 * @param transport {@code udp} or {@code tcp}
 * @param udpOnly true when TCP was tried for a large request, in vain
 */
record SipHop(String host, int port, String transport, boolean udpOnly) implements Hop {

    SipHop(String host, int port, String transport) {
        this(host, port, transport, false);
    }

    /** The hop that a URI names (RFC 3263 §4 without SRV): its host, port or 5060, transport or UDP. */
    static SipHop of(SipURI uri) {
        String transport = uri.getTransportParam();
        return new SipHop(
                uri.getHost(),
                uri.getPort() > 0 ? uri.getPort() : 5060,
                "tcp".equalsIgnoreCase(transport) ? "tcp" : "udp");
    }

    /** Reads what {@link #toString()} wrote. */
    static SipHop parse(String text) {
        int slash = text.lastIndexOf('/');
        int colon = text.lastIndexOf(':', slash);
        return new SipHop(
                text.substring(0, colon),
                Integer.parseInt(text.substring(colon + 1, slash)),
                text.substring(slash + 1).toLowerCase(Locale.ROOT));
    }

    SipHop withoutTcp() {
        return new SipHop(host, port, transport, true);
    }

    SipHop over(String otherTransport) {
        return new SipHop(host, port, otherTransport);
    }

    @Override
    public String getHost() {
        return host;
    }

    @Override
    public int getPort() {
        return port;
    }

    @Override
    public String getTransport() {
        return transport;
    }

    @Override
    public String toString() {
        return host + ":" + port + "/" + transport;
    }
}
