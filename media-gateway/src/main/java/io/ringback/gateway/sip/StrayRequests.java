package io.ringback.gateway.sip;

import io.ringback.gateway.task.Gauges;
import javax.sip.SipProvider;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Answers requests that belong to no leg and begin none. */
final class StrayRequests {
    private final StatelessAnswers answers;
    private final Gauges gauges;

    StrayRequests(StatelessAnswers answers, Gauges gauges) {
        this.answers = answers;
        this.gauges = gauges;
    }

    void answer(SipProvider provider, Request request) {
        if (request.getMethod().equals(Request.ACK)) {
            return;
        }
        gauges.count("strayRequests");
        Response response =
                SipMessages.badExtension(request).orElseGet(() -> SipMessages.response(status(request), request));
        if (response.getStatusCode() == Response.METHOD_NOT_ALLOWED || response.getStatusCode() == Response.OK) {
            SipMessages.addList(response, "Allow", SipMessages.ALLOW);
        }
        answers.send(provider, request, response);
    }

    private static int status(Request request) {
        if (SipMessages.toTag(request) != null || request.getMethod().equals(Request.CANCEL)) {
            return Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
        }
        if (!(request.getRequestURI() instanceof SipURI)) {
            return Response.UNSUPPORTED_URI_SCHEME;
        }
        return request.getMethod().equals(Request.OPTIONS) ? Response.OK : Response.METHOD_NOT_ALLOWED;
    }
}
