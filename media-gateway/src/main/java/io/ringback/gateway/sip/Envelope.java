package io.ringback.gateway.sip;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;

/** What a message needs on its outside before anybody looks into it. */
final class Envelope {
    private static final int LOWEST_STATUS = 100;
    private static final int HIGHEST_STATUS = 699;

    private Envelope() {}

    /**
     * Whether it has what every message has (RFC 3261 §8.1.1), and an answer one of the status codes that there are (§21);
     * the stack drops others without a word.
     */
    static boolean isWhole(SIPMessage message) {
        if (message instanceof SIPResponse answer
                && (answer.getStatusCode() < LOWEST_STATUS || answer.getStatusCode() > HIGHEST_STATUS)) {
            return false;
        }
        return message.getFrom() != null
                && message.getTo() != null
                && message.getCallId() != null
                && message.getCSeq() != null
                && message.getTopmostVia() != null;
    }

    /**
     * Whether a request names the transport that it came by. The answer takes the transport of the top Via (RFC 3261
     * §18.2.2): one that we lack the stack fails over, and a datagram that asks for TCP makes it connect to whoever the
     * datagram claims to come from, on the thread that reads all others. For the same reason what else a sender could
     * say there about the address of its answer is taken out.
     */
    static boolean cameBy(SIPMessage message, String transport) {
        if (!(message instanceof SIPRequest)) {
            return true;
        }
        Via via = message.getTopmostVia();
        via.removeParameter(Via.RECEIVED);
        via.removeParameter(Via.MADDR);
        return transport.equalsIgnoreCase(via.getTransport());
    }
}
