package io.ringback.local.phones;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPMessageValve;
import java.util.function.Predicate;
import javax.sip.SipStack;
import javax.sip.message.Response;

/**
 * Swallows every message to a phone whose network is gone, before the stack sees it: the stack would answer a re-INVITE
 * with 100 by itself.
 */
final class LostNetworkValve implements SIPMessageValve {
    private final Predicate<String> gone;

    /** @param gone whether the call with this Call-ID has lost its network */
    LostNetworkValve(Predicate<String> gone) {
        this.gone = gone;
    }

    @Override
    public boolean processRequest(SIPRequest request, MessageChannel channel) {
        return !gone.test(request.getCallId().getCallId());
    }

    @Override
    public boolean processResponse(Response response, MessageChannel channel) {
        return true;
    }

    @Override
    public void init(SipStack stack) {}

    @Override
    public void destroy() {}
}
