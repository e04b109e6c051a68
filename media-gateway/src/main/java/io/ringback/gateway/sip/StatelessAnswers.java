package io.ringback.gateway.sip;

import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers without keeping state (RFC 3261 §8.2.7), so that a request costs its sender as much as us. */
final class StatelessAnswers {
    private static final Logger log = LoggerFactory.getLogger(StatelessAnswers.class);

    private final String tagSecret;

    /** @param tagSecret makes our tags: a repeated request has to get the same one */
    StatelessAnswers(String tagSecret) {
        this.tagSecret = tagSecret;
    }

    void send(SipProvider provider, Request request, Response response) {
        try {
            provider.sendResponse(SipMessages.tagged(
                    response, Integer.toHexString((tagSecret + SipMessages.callId(request)).hashCode())));
        } catch (SipException e) {
            log.debug("answer to a {} could not be sent", request.getMethod(), e);
        }
    }
}
