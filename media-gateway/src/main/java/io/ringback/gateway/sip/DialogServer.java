package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.MediaSession;
import io.ringback.gateway.sdp.Negotiation;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Answers what the peer asks within the dialog (RFC 3261 §12.2.2, §14.2; RFC 3311; RFC 6086). */
final class DialogServer {
    private final Conversation conversation;
    private final LegContext context;
    private final Dialog dialog;
    private final MediaSession media;
    private final SessionTimer session;
    private final GuardedListener listener;
    private long remoteCSeq = -1;
    private final AwaitedAck awaited;
    private boolean answerDueInAck;
    private boolean beginning;

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
        this.awaited = new AwaitedAck(context, executor);
    }

    /**
     * Makes a 200 to the INVITE that makes the dialog complete, and expects the peer's next request after that one.
     *
     * @param body our answer, or our offer where the INVITE had none
     */
    void dress(Response ok, Request invite, String body) {
        remoteCSeq = SipMessages.cseq(invite).getSeqNumber();
        beginning = true;
        answerDueInAck = !SipMessages.hasSdp(invite);
        withContact(SipMessages.withAbilities(ok));
        SipMessages.setBody(ok, SipMessages.SDP, body);
        session.learn(invite);
        agreeOnTimer(invite, ok);
    }

    /** That 200 was sent. */
    void awaitFirstAck(Response ok) {
        awaited.begin(ok, () -> {
            beginning = false;
            conversation.neverAcknowledged();
        });
    }

    /** True until the ACK to the answer that made the dialog: no BYE may be sent before (§15). */
    boolean isBeginning() {
        return beginning;
    }

    void request(Request request, ServerTransaction transaction) {
        Response response = answer(request);
        context.wire().respond(transaction, response);
        boolean ok = response.getStatusCode() == Response.OK;
        if (ok && request.getMethod().equals(Request.INVITE)) {
            awaited.begin(
                    response,
                    () -> conversation.hangUp(EndReason.ACK_TIMEOUT, null, "no ACK for our answer to a re-INVITE"));
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
        Optional<Response> badExtension = SipMessages.badExtension(request);
        if (badExtension.isPresent()) {
            return badExtension.get();
        }
        remoteCSeq = cseq;
        return switch (request.getMethod()) {
            case Request.INVITE, Request.UPDATE -> renegotiate(request);
            case Request.BYE ->
                SipMessages.response(
                        dialog.answered() ? Response.OK : Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, request);
            case Request.OPTIONS -> SipMessages.withAbilities(SipMessages.response(Response.OK, request));
            case Request.INFO -> info(request);
            // Those that we sent as the called side are taken before the dialog is answered (RFC 3262 §3).
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
                || (awaited.isDue() && (invite || offers))
                || (session.isInviting() && (invite || offers))) {
            return SipMessages.response(Response.REQUEST_PENDING, request);
        }
        Optional<Response> tooSmall =
                SessionInterval.tooSmall(request, context.settings().timing());
        if (tooSmall.isPresent()) {
            return tooSmall.get();
        }
        if (!offers && !SipMessages.contentType(request).isEmpty()) {
            Response response = SipMessages.response(Response.UNSUPPORTED_MEDIA_TYPE, request);
            response.setHeader(SipMessages.header("Accept", SipMessages.SDP));
            return response;
        }
        return agree(request, invite, offers);
    }

    private Response agree(Request request, boolean invite, boolean offers) {
        Response response = withContact(SipMessages.withAbilities(SipMessages.response(Response.OK, request)));
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

    private Response withContact(Response response) {
        response.setHeader(SipMessages.header("Contact", context.wire().contact(dialog.transport())));
        return response;
    }

    void ack(Request ack) {
        if (!awaited.take(ack)) {
            return;
        }
        if (answerDueInAck) {
            answerDueInAck = false;
            Negotiation negotiation = media.accept(SipMessages.body(ack));
            if (negotiation instanceof Negotiation.Agreed agreed) {
                listener.media(agreed.media());
            } else if (negotiation instanceof Negotiation.Refused refused) {
                beginning = false;
                conversation.hangUp(EndReason.UNREACHABLE, null, "no media in common: " + refused.why());
            }
        }
        if (beginning) {
            beginning = false;
            conversation.acknowledged();
        }
    }

    /** Stops repeating an answer. */
    void stop() {
        awaited.stop();
    }
}
