package io.ringback.gateway.sip;

import gov.nist.javax.sip.message.MessageExt;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;

/**
 * Sends each request to the hop that we attached to it: the choice among a name's addresses and between UDP and TCP
 * is ours. Public with this constructor because the stack makes it by reflection.
 */
public final class ExplicitRouter implements Router {
    /** As the stack demands; both values are unused. */
    public ExplicitRouter(SipStack stack, String path) {}

    @Override
    public Hop getNextHop(Request request) throws SipException {
        if (((MessageExt) request).getApplicationData() instanceof SipHop hop) {
            return hop;
        }
        throw new SipException("request without a hop");
    }

    @Override
    @Deprecated
    public ListIterator<?> getNextHops(Request request) {
        throw new UnsupportedOperationException("deprecated by the stack itself, which does not call it");
    }

    @Override
    public Hop getOutboundProxy() {
        return new SipHop("0.0.0.0", 0, "udp");
    }
}
