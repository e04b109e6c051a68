package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.MediaSession;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sdp.Negotiation;
import io.ringback.gateway.sip.Timers.Timer;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answered leg: the ACK, what either side asks within the dialog, and its end (RFC 3261 §12, §15). */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final DialogOwner leg;
    private final LegContext context;
    private final Dialog dialog;
    private final DialogClient client;
    private final MediaSession media;
    private final GuardedListener listener;
    private final DialogServer server;
    private final SessionTimer session;
    private @Nullable Request lastAck;
    private boolean earlyMedia;
    private boolean ending;
    private @Nullable Runnable byeAfterAck;

    Conversation(
            DialogOwner leg,
            LegContext context,
            Dialog dialog,
            DialogClient client,
            MediaSession media,
            GuardedListener listener) {
        this.leg = leg;
        this.context = context;
        this.dialog = dialog;
        this.client = client;
        this.media = media;
        this.listener = listener;
        this.session = new SessionTimer(this, leg.legId(), context, dialog, client, media, leg.executor());
        this.server = new DialogServer(this, context, dialog, media, session, listener, leg.executor());
    }

    /** An answer in a provisional response was agreed on; the 2xx need not repeat it. */
    void earlyMediaAgreed() {
        earlyMedia = true;
    }

    /** Takes the 2xx to the INVITE. */
    void begin(Response ok, Request invite) {
        sendAck(ok, invite);
        if (SipMessages.hasSdp(ok) || !earlyMedia) {
            Negotiation negotiation = media.accept(SipMessages.body(ok));
            if (negotiation instanceof Negotiation.Refused refused) {
                hangUp(EndReason.UNREACHABLE, ok.getStatusCode(), "no media in common: " + refused.why());
                return;
            }
            if (negotiation instanceof Negotiation.Agreed agreed) {
                listener.media(agreed.media());
            }
        }
        session.answered(ok);
        listener.connected();
    }

    /**
     * Completes our 200 to the INVITE that makes the dialog, and notes the dialog. {@link #answerSent} follows.
     *
     * @param body our answer, or our offer where the INVITE had none
     */
    void answer(Response ok, Request invite, String body) {
        server.dress(ok, invite, body);
        dialog.answer();
        context.journal().record(dialog.toRecord());
    }

    /** That 200 was sent, and is repeated until its ACK. */
    void answerSent(Response ok) {
        server.awaitFirstAck(ok);
    }

    /** The ACK to it came. */
    void acknowledged() {
        if (byeAfterAck != null) {
            byeAfterAck.run();
        } else {
            listener.connected();
        }
    }

    /** It never came. */
    void neverAcknowledged() {
        if (byeAfterAck != null) {
            byeAfterAck.run();
        } else {
            hangUp(EndReason.ACK_TIMEOUT, null, "no ACK for our answer");
        }
    }

    /** A later offer and answer agreed. */
    void renegotiated(NegotiatedMedia now) {
        listener.media(now);
    }

    /** ACKs a 2xx of ours and keeps the ACK for its repetitions. */
    void sendAck(Response ok, Request invite) {
        Request ack = dialog.ack(SipMessages.cseq(ok).getSeqNumber(), invite);
        lastAck = ack;
        context.wire().sendAck(ack, dialog.nextHop(), context.wire().newBranch());
    }

    /** Repeats the ACK for a repeated 2xx; false if that 2xx made another dialog. */
    boolean repeatAck(Response ok) {
        if (!dialog.matches(SipMessages.fromTag(ok), SipMessages.toTag(ok))) {
            return false;
        }
        if (lastAck != null
                && SipMessages.cseq(lastAck).getSeqNumber()
                        == SipMessages.cseq(ok).getSeqNumber()) {
            context.gauges().count("repeatedAcks");
            context.wire().resend(lastAck);
        }
        return true;
    }

    /** Sends BYE; the end is told when it is answered, at the latest after the time that the settings allow. */
    void hangUp(EndReason reason, @Nullable Integer status, String message) {
        if (ending || leg.isFinished()) {
            return;
        }
        ending = true;
        session.stop();
        Timer report = context.timers()
                .after(
                        context.settings().timing().endReport(),
                        leg.executor(),
                        () -> listener.ended(reason, status, message));
        DialogClient.Outcome outcome = new DialogClient.Outcome() {
            @Override
            public void answered(Response response, Request sent) {
                gone();
            }

            @Override
            public void unanswered() {
                gone();
            }

            private void gone() {
                report.cancel();
                listener.ended(reason, status, message);
                leg.finish();
            }
        };
        if (server.isBeginning()) {
            // The called side sends no BYE before the ACK (RFC 3261 §15).
            byeAfterAck = () -> client.send(Request.BYE, bye -> {}, outcome);
        } else {
            server.stop();
            client.send(Request.BYE, bye -> {}, outcome);
        }
    }

    /** The peer sent BYE, and we have answered it. */
    void byeReceived() {
        ending = true;
        stopTimers();
        listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "hung up by the far side");
        leg.finish();
    }

    private void stopTimers() {
        session.stop();
        server.stop();
    }

    /** Asks the peer whether the dialog still stands. */
    void probe() {
        if (ending) {
            return;
        }
        Timer silence = context.timers()
                .after(context.settings().timing().probe(), leg.executor(), () -> lost(null, "no answer to OPTIONS"));
        client.send(Request.OPTIONS, options -> {}, new DialogClient.Outcome() {
            @Override
            public void answered(Response response, Request sent) {
                silence.cancel();
                int status = response.getStatusCode();
                if (status == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST || status == Response.REQUEST_TIMEOUT) {
                    lost(status, SipMessages.describe(response));
                }
            }

            @Override
            public void unanswered() {
                silence.cancel();
                lost(null, "no answer to OPTIONS");
            }
        });
    }

    /** Tells the peer of a press; whatever it answers, the next press is sent as well. */
    void sendTone(Tone tone) {
        if (ending) {
            return;
        }
        client.send(
                Request.INFO,
                info -> SipMessages.setBody(info, InfoTones.RELAY_TYPE, InfoTones.write(tone)),
                new DialogClient.Outcome() {
                    @Override
                    public void answered(Response response, Request sent) {
                        if (response.getStatusCode() >= 300) {
                            LOG.debug("leg {}: a press by INFO got {}", leg.legId(), SipMessages.describe(response));
                        }
                    }

                    @Override
                    public void unanswered() {
                        LOG.debug("leg {}: a press by INFO got no answer", leg.legId());
                    }
                });
    }

    private void lost(@Nullable Integer status, String message) {
        hangUp(EndReason.MEDIA_LOST, status, message);
    }

    void request(Request request, ServerTransaction transaction) {
        if (leg.isFinished() || (ending && !request.getMethod().equals(Request.BYE))) {
            context.wire()
                    .respond(transaction, SipMessages.response(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, request));
        } else {
            server.request(request, transaction);
        }
    }

    void ack(Request ack) {
        server.ack(ack);
    }
}
