package io.ringback.gateway.sip;

import java.util.Optional;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** What an INVITE outside a dialog has to be before anybody is asked about it (RFC 3261 §8.2, RFC 4028 §9). */
final class InviteCheck {
    private InviteCheck() {}

    /** The answer that it gets instead; empty when it is fit. */
    static Optional<Response> refusal(Request invite, SipSettings.Timing timing) {
        if (!(invite.getRequestURI() instanceof SipURI)) {
            return Optional.of(SipMessages.response(Response.UNSUPPORTED_URI_SCHEME, invite));
        }
        if (SipMessages.contact(invite).isEmpty()) {
            return Optional.of(SipMessages.response(Response.BAD_REQUEST, invite));
        }
        Optional<Response> badExtension = SipMessages.badExtension(invite);
        if (badExtension.isPresent()) {
            return badExtension;
        }
        String type = SipMessages.contentType(invite);
        if (!type.isEmpty() && !type.equals(SipMessages.SDP)) {
            Response response = SipMessages.response(Response.UNSUPPORTED_MEDIA_TYPE, invite);
            response.setHeader(SipMessages.header("Accept", SipMessages.SDP));
            return Optional.of(response);
        }
        return SessionInterval.tooSmall(invite, timing);
    }
}
