package io.ringback.gateway.sip;

import gov.nist.javax.sip.message.MessageExt;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages: chooses UDP or TCP, writes the Via, owns the stack's provider. */
final class Wire {
    /** Above it a request goes by TCP, because a path's MTU may be no larger (RFC 3261 §18.1.1). */
    static final int MAX_UDP_REQUEST = 1300;

    private static final Logger log = LoggerFactory.getLogger(Wire.class);

    private final SipProvider provider;
    private final InetSocketAddress advertised;
    private final Supplier<String> tokens;

    Wire(SipProvider provider, InetSocketAddress advertised, Supplier<String> tokens) {
        this.provider = provider;
        this.advertised = advertised;
        this.tokens = tokens;
    }

    InetSocketAddress advertised() {
        return advertised;
    }

    /** A fresh branch with the cookie of RFC 3261 §8.1.1.7. */
    String newBranch() {
        return "z9hG4bK" + tokens.get();
    }

    /** The advertised host and port as they stand in a URI. */
    String hostPort() {
        String host = advertised.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + advertised.getPort();
    }

    String contact(String transport) {
        return "<sip:ringback@" + hostPort() + (transport.equals("tcp") ? ";transport=tcp" : "") + ">";
    }

    /** The hop over which this request will go: TCP where it is too large for UDP. Writes the Via. */
    SipHop address(Request request, SipHop wanted, String branch) {
        setVia(request, wanted.transport(), branch);
        boolean large = request.toString().getBytes(StandardCharsets.UTF_8).length > MAX_UDP_REQUEST;
        if (large && wanted.transport().equals("udp") && !wanted.udpOnly()) {
            setVia(request, "tcp", branch);
            return wanted.over("tcp");
        }
        return wanted;
    }

    /**
     * Sends in a transaction of its own.
     *
     * @return the transaction, or empty when a large request met no TCP at the hop; made anew for {@link
     *     SipHop#withoutTcp()} it goes by UDP after all (RFC 3261 §18.1.1)
     */
    Optional<ClientTransaction> send(Request request, SipHop wanted, String branch, Exchange exchange)
            throws SipException {
        SipHop hop = address(request, wanted, branch);
        ((MessageExt) request).setApplicationData(hop);
        try {
            ClientTransaction transaction = provider.getNewClientTransaction(request);
            transaction.setApplicationData(exchange);
            transaction.sendRequest();
            return Optional.of(transaction);
        } catch (SipException e) {
            if (hop.equals(wanted)) {
                throw e;
            }
            log.debug("no TCP to {}", hop, e);
            return Optional.empty();
        }
    }

    /** Sends an ACK, which has no transaction. */
    void sendAck(Request ack, SipHop wanted, String branch) {
        ((MessageExt) ack).setApplicationData(address(ack, wanted, branch));
        resend(ack);
    }

    /** Sends an ACK once more as it was. */
    void resend(Request ack) {
        try {
            provider.sendRequest(ack);
        } catch (SipException e) {
            // The 2xx will be repeated, and so will this.
            log.warn("ACK could not be sent: {}", Unsent.why(e));
        }
    }

    /** Answers a request. A failure is the transaction's: the peer will repeat its request or give up. */
    void respond(ServerTransaction transaction, Response response) {
        try {
            transaction.sendResponse(response);
        } catch (SipException | InvalidArgumentException e) {
            log.warn("answer {} could not be sent: {}", response.getStatusCode(), Unsent.why(e));
        }
    }

    /** Sends an answer outside its transaction: the repetition of a 2xx, or an answer that keeps no state. */
    void respond(Response response) {
        try {
            provider.sendResponse(response);
        } catch (SipException e) {
            log.warn("answer {} could not be sent: {}", response.getStatusCode(), Unsent.why(e));
        }
    }

    private void setVia(Request request, String transport, String branch) {
        request.removeHeader(ViaHeader.NAME);
        String value =
                "SIP/2.0/" + transport.toUpperCase(Locale.ROOT) + " " + hostPort() + ";branch=" + branch + ";rport";
        request.setHeader(SipMessages.header(ViaHeader.NAME, value));
    }
}
