package io.ringback.gateway.sip;

import gov.nist.javax.sip.header.extensions.MinSE;
import gov.nist.javax.sip.header.extensions.SessionExpires;
import java.util.List;
import java.util.Optional;
import javax.sip.header.Header;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * What we ask for as the one who sends the request (RFC 4028 §7.1).
 *
 * @param seconds for Session-Expires
 * @param min for Min-SE, in seconds
 */
record SessionInterval(long seconds, long min) {
    /** Nobody needs a call to be checked less often than once a day; keeps arithmetic far from overflow. */
    private static final long MAX = 86_400;

    static SessionInterval ours(SipSettings.Timing timing) {
        return new SessionInterval(
                timing.sessionInterval().toSeconds(),
                timing.minSessionInterval().toSeconds());
    }

    /** After a 422: at least what the peer's Min-SE names (§7.4). */
    SessionInterval raised(Message response) {
        long wanted = response.getHeader(MinSE.NAME) instanceof MinSE header ? Math.min(header.getExpires(), MAX) : min;
        return new SessionInterval(Math.max(seconds, wanted), Math.max(min, wanted));
    }

    List<Header> headers() {
        return List.of(
                SipMessages.header("Session-Expires", Long.toString(seconds)),
                SipMessages.header("Min-SE", Long.toString(min)));
    }

    /** 422 where a request wants the session to expire sooner than we accept (§8). */
    static Optional<Response> tooSmall(Request request, SipSettings.Timing timing) {
        long min = timing.minSessionInterval().toSeconds();
        if (in(request).filter(agreed -> agreed.seconds() < min).isEmpty()) {
            return Optional.empty();
        }
        Response response = SipMessages.response(422, request);
        response.setHeader(SipMessages.header("Min-SE", Long.toString(min)));
        return Optional.of(response);
    }

    /** What a message says about the session's interval. */
    static Optional<Agreed> in(Message message) {
        if (!(message.getHeader(SessionExpires.NAME) instanceof SessionExpires header)) {
            return Optional.empty();
        }
        String refresher = header.getRefresher();
        return Optional.of(new Agreed(Math.min(header.getExpires(), MAX), refresher == null ? "" : refresher));
    }

    /**
     * A Session-Expires header.
     *
     * @param refresher {@code uac}, {@code uas} or empty
     */
    record Agreed(long seconds, String refresher) {}
}
