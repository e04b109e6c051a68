package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.MediaSession;
import io.ringback.gateway.sdp.Negotiation;
import io.ringback.gateway.sip.Timers.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Answers what the peer asks within the dialog (RFC 3261 §12.2.2, §14.2; RFC 3311; RFC 6086). */
final class DialogServer {
    /** RFC 3261 §17.1.1.1 and §13.3.1.4: a 2xx is repeated from T1 up to every T2, for 64 × T1. */
    private static final Duration T1 = Duration.ofMillis(500);

    private static final Duration T2 = Duration.ofSeconds(4);

    private final Conversation conversation;
    private final LegContext context;
    private final Dialog dialog;
    private final MediaSession media;
    private final SessionTimer session;
    private final GuardedListener listener;
    private final Executor executor;
    private long remoteCSeq = -1;
    private @Nullable Response pendingOk;
    private boolean answerDueInAck;
    private @Nullable Timer repetition;
    private @Nullable Timer ackDeadline;

    DialogServer(
            Conversation conversation,
            LegContext context,
            Dialog dialog,
            MediaSession media,
            SessionTimer session,
            GuardedListener listener,
            Executor executor) {
        this.conversation = conversation;
        this.context = context;
        this.dialog = dialog;
        this.media = media;
        this.session = session;
        this.listener = listener;
        this.executor = executor;
    }

    void request(Request request, ServerTransaction transaction) {
        Response response = answer(request);
        context.wire().respond(transaction, response);
        boolean ok = response.getStatusCode() == Response.OK;
        if (ok && request.getMethod().equals(Request.INVITE)) {
            awaitAck(response);
        } else if (ok && request.getMethod().equals(Request.BYE)) {
            conversation.byeReceived();
        }
    }

    private Response answer(Request request) {
        if (!dialog.matches(SipMessages.toTag(request), SipMessages.fromTag(request))) {
            return SipMessages.response(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, request);
        }
        long cseq = SipMessages.cseq(request).getSeqNumber();
        if (cseq < remoteCSeq) {
            return SipMessages.response(Response.SERVER_INTERNAL_ERROR, request);
        }
        List<String> unknown = SipMessages.options(request, "Require").stream()
                .filter(option -> !List.of("timer", "100rel").contains(option))
                .toList();
        if (!unknown.isEmpty()) {
            Response response = SipMessages.response(Response.BAD_EXTENSION, request);
            SipMessages.addList(response, "Unsupported", String.join(",", unknown));
            return response;
        }
        remoteCSeq = cseq;
        return switch (request.getMethod()) {
            case Request.INVITE, Request.UPDATE -> renegotiate(request);
            case Request.BYE ->
                SipMessages.response(
                        dialog.answered() ? Response.OK : Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, request);
            case Request.OPTIONS -> withAbilities(SipMessages.response(Response.OK, request));
            case Request.INFO -> info(request);
            // We send no reliable provisional answers, so none can be meant (RFC 3262 §3).
            case Request.PRACK -> SipMessages.response(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, request);
            default -> {
                Response response = SipMessages.response(Response.METHOD_NOT_ALLOWED, request);
                SipMessages.addList(response, "Allow", SipMessages.ALLOW);
                yield response;
            }
        };
    }

    private Response info(Request request) {
        Optional<Tone> tone = InfoTones.read(SipMessages.contentType(request), SipMessages.bodyText(request));
        tone.ifPresent(listener::infoTone);
        return SipMessages.response(Response.OK, request);
    }

    private Response renegotiate(Request request) {
        boolean invite = request.getMethod().equals(Request.INVITE);
        boolean offers = SipMessages.hasSdp(request);
        if ((invite && !dialog.answered())
                || (pendingOk != null && (invite || offers))
                || (session.isInviting() && (invite || offers))) {
            return SipMessages.response(Response.REQUEST_PENDING, request);
        }
        long min = context.settings().timing().minSessionInterval().toSeconds();
        if (SessionInterval.in(request).filter(agreed -> agreed.seconds() < min).isPresent()) {
            Response response = SipMessages.response(422, request);
            response.setHeader(SipMessages.header("Min-SE", Long.toString(min)));
            return response;
        }
        if (!offers && !SipMessages.contentType(request).isEmpty()) {
            Response response = SipMessages.response(Response.UNSUPPORTED_MEDIA_TYPE, request);
            response.setHeader(SipMessages.header("Accept", SipMessages.SDP));
            return response;
        }
        return agree(request, invite, offers);
    }

    private Response agree(Request request, boolean invite, boolean offers) {
        Response response = withAbilities(SipMessages.response(Response.OK, request));
        response.setHeader(SipMessages.header("Contact", context.wire().contact(dialog.transport())));
        if (offers) {
            Negotiation negotiation = media.answer(SipMessages.body(request));
            if (negotiation instanceof Negotiation.Agreed agreed) {
                SipMessages.setBody(response, SipMessages.SDP, agreed.answer());
                listener.media(agreed.media());
            } else {
                return SipMessages.response(Response.NOT_ACCEPTABLE_HERE, request);
            }
        } else if (invite) {
            answerDueInAck = true;
            SipMessages.setBody(response, SipMessages.SDP, media.offer());
        }
        if (dialog.retarget(request.getHeader("Contact"))) {
            context.journal().record(dialog.toRecord());
        }
        session.learn(request);
        agreeOnTimer(request, response);
        return response;
    }

    /** RFC 4028 §9: whoever is named refreshes; where nobody is, the one who asked, if it can. */
    private void agreeOnTimer(Request request, Response response) {
        boolean peerCan = SipMessages.options(request, "Supported").contains("timer");
        Optional<SessionInterval.Agreed> asked = SessionInterval.in(request);
        if (asked.isEmpty() && !peerCan) {
            session.run(0, false);
            return;
        }
        long seconds = asked.map(SessionInterval.Agreed::seconds)
                .orElse(context.settings().timing().sessionInterval().toSeconds());
        String named = asked.map(SessionInterval.Agreed::refresher).orElse("");
        String refresher = !named.isEmpty() ? named : peerCan ? "uac" : "uas";
        response.setHeader(SipMessages.header("Session-Expires", seconds + ";refresher=" + refresher));
        if (refresher.equals("uac")) {
            response.setHeader(SipMessages.header("Require", "timer"));
        }
        session.run(seconds, refresher.equals("uas"));
    }

    private static Response withAbilities(Response response) {
        SipMessages.addList(response, "Allow", SipMessages.ALLOW);
        response.setHeader(SipMessages.header("Accept", SipMessages.SDP));
        SipMessages.addList(response, "Supported", SipMessages.SUPPORTED);
        return response;
    }

    private void awaitAck(Response ok) {
        pendingOk = ok;
        ackDeadline = context.timers().after(T1.multipliedBy(64), executor, () -> {
            stop();
            conversation.hangUp(EndReason.ACK_TIMEOUT, null, "no ACK for our answer to a re-INVITE");
        });
        repeat(ok, T1);
    }

    private void repeat(Response ok, Duration delay) {
        repetition = context.timers().after(delay, executor, () -> {
            context.wire().respond(ok);
            Duration twice = delay.multipliedBy(2);
            repeat(ok, twice.compareTo(T2) < 0 ? twice : T2);
        });
    }

    void ack(Request ack) {
        if (pendingOk == null
                || SipMessages.cseq(ack).getSeqNumber()
                        != SipMessages.cseq(pendingOk).getSeqNumber()) {
            return;
        }
        stop();
        if (answerDueInAck) {
            answerDueInAck = false;
            Negotiation negotiation = media.accept(SipMessages.body(ack));
            if (negotiation instanceof Negotiation.Agreed agreed) {
                listener.media(agreed.media());
            } else if (negotiation instanceof Negotiation.Refused refused) {
                conversation.hangUp(EndReason.UNREACHABLE, null, "no media in common: " + refused.why());
            }
        }
    }

    /** Stops repeating an answer. */
    void stop() {
        pendingOk = null;
        if (repetition != null) {
            repetition.cancel();
        }
        if (ackDeadline != null) {
            ackDeadline.cancel();
        }
    }
}
