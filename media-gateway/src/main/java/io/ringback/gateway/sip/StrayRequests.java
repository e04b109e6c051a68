package io.ringback.gateway.sip;

import java.text.ParseException;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that belong to no leg, without keeping state (RFC 3261 §8.2.7), so that they cost a sender as much
 * as us. Calls towards us are answered here too: nobody is reachable yet.
 */
final class StrayRequests {
    private static final Logger log = LoggerFactory.getLogger(StrayRequests.class);

    private final String tagSecret;
    private final Gauges gauges;

    /** @param tagSecret makes our tags: a repeated request has to get the same one */
    StrayRequests(String tagSecret, Gauges gauges) {
        this.tagSecret = tagSecret;
        this.gauges = gauges;
    }

    void answer(SipProvider provider, Request request) {
        if (request.getMethod().equals(Request.ACK)) {
            return;
        }
        gauges.count("strayRequests");
        Response response = SipMessages.response(status(request), request);
        if (response.getStatusCode() == Response.METHOD_NOT_ALLOWED || response.getStatusCode() == Response.OK) {
            SipMessages.addList(response, "Allow", SipMessages.ALLOW);
        }
        try {
            ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
            if (to.getTag() == null) {
                to.setTag(Integer.toHexString((tagSecret + SipMessages.callId(request)).hashCode()));
            }
            provider.sendResponse(response);
        } catch (SipException | ParseException e) {
            log.debug("answer to a stray {} could not be sent", request.getMethod(), e);
        }
    }

    private static int status(Request request) {
        if (SipMessages.toTag(request) != null || request.getMethod().equals(Request.CANCEL)) {
            return Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
        }
        if (request.getMethod().equals(Request.OPTIONS)) {
            return Response.OK;
        }
        return request.getMethod().equals(Request.INVITE) ? Response.NOT_FOUND : Response.METHOD_NOT_ALLOWED;
    }
}
