package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sdp.MediaSession;
import io.ringback.gateway.sdp.Negotiation;
import io.ringback.gateway.sip.Timers.Timer;
import io.ringback.gateway.task.SerialExecutor;
import java.util.Deque;
import javax.sip.ClientTransaction;
import javax.sip.ObjectInUseException;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The INVITE of a leg: from its first sending, over challenges (401, 407), too short session intervals (422) and
 * refusing addresses, to the final answer or the CANCEL (RFC 3261 §13, §9).
 */
final class Dialling implements Exchange {
    private static final Logger log = LoggerFactory.getLogger(Dialling.class);

    /** Longer session intervals are not agreed to; RFC 4028 knows no limit, a loop of requests needs one. */
    static final int MAX_INTERVAL_RAISES = 2;

    private final Leg leg;
    private final LegContext context;
    private final LegOrder order;
    private final Dialog dialog;
    private final MediaSession media;
    private final GuardedListener listener;
    private final @Nullable Digest digest;
    private final Deque<SipHop> hops;
    private final ReliableRinging reliable;
    private final UnwantedAnswers unwanted;

    private @Nullable ClientTransaction transaction;
    private Request invite;
    private SessionInterval interval;
    private int intervalRaises;
    private @Nullable Timer ringTimer;
    private boolean heard;
    private boolean rang;
    private boolean over;
    private @Nullable Cancellation cancellation;

    Dialling(
            Leg leg,
            LegContext context,
            LegOrder order,
            Dialog dialog,
            DialogClient client,
            MediaSession media,
            GuardedListener listener,
            @Nullable TrunkAccount account,
            Deque<SipHop> hops) {
        this.leg = leg;
        this.context = context;
        this.order = order;
        this.dialog = dialog;
        this.reliable = new ReliableRinging(client, leg.executor());
        this.unwanted = new UnwantedAnswers(context, client);
        this.media = media;
        this.listener = listener;
        this.digest = account == null ? null : new Digest(account, context.tokens());
        this.hops = hops;
        this.interval = SessionInterval.ours(context.settings().timing());
        this.invite = dialog.invite();
    }

    Dialog dialog() {
        return dialog;
    }

    void start() {
        ringTimer = context.timers().after(order.ringTimeout(), leg.executor(), () -> cancel(EndReason.NO_ANSWER));
        send();
    }

    private void send() {
        heard = false;
        Wire wire = context.wire();
        String branch = wire.newBranch();
        SipHop hop = hops.element();
        dialog.nextInvite(branch, hop);
        invite = dialog.invite();
        invite.addHeader(SipMessages.header("Contact", wire.contact(hop.transport())));
        order.caller().headers().forEach(invite::addHeader);
        invite.addHeader(SipMessages.header("X-Ringback-Leg", order.legId()));
        SipMessages.addList(invite, "Allow", SipMessages.ALLOW);
        SipMessages.addList(invite, "Supported", SipMessages.SUPPORTED);
        interval.headers().forEach(invite::addHeader);
        if (digest != null) {
            digest.authorize(Request.INVITE, invite.getRequestURI().toString()).forEach(invite::addHeader);
        }
        SipMessages.setBody(invite, SipMessages.SDP, media.offer());
        dialog.sentOver(wire.address(invite, hop, branch));
        context.journal().record(dialog.toRecord());
        try {
            transaction = wire.send(invite, hop, branch, this).orElse(null);
        } catch (SipException e) {
            log.debug("leg {}: INVITE to {} could not be sent", leg.legId(), hop, e);
            nextAddress(null, "no connection to " + hop);
            return;
        }
        if (transaction == null) {
            hops.remove();
            hops.addFirst(hop.withoutTcp());
            send();
        }
    }

    /** Another address may be tried, because the one before provably did not ring. */
    private void nextAddress(@Nullable Integer status, String message) {
        hops.remove();
        if (hops.isEmpty() || cancellation != null) {
            fail(EndReason.UNREACHABLE, status, message);
        } else {
            send();
        }
    }

    @Override
    public SerialExecutor executor() {
        return leg.executor();
    }

    @Override
    public void answered(Response response) {
        int status = response.getStatusCode();
        if (SipMessages.cseq(response).getSeqNumber() != dialog.inviteCSeq()) {
            return;
        }
        heard = true;
        if (status / 100 == 2) {
            accepted(response);
        } else if (over) {
            log.debug("leg {}: {} after the end", leg.legId(), status);
        } else if (status < 200) {
            provisional(response);
        } else {
            refused(response);
        }
    }

    private void provisional(Response response) {
        if (cancellation != null) {
            cancellation.send();
        }
        if (response.getStatusCode() == Response.TRYING) {
            return;
        }
        rang = true;
        if (dialog.early(response)) {
            context.journal().record(dialog.toRecord());
        }
        reliable.heard(response);
        if (SipMessages.hasSdp(response)
                && media.accept(SipMessages.body(response)) instanceof Negotiation.Agreed agreed) {
            leg.earlyMediaAgreed();
            listener.media(agreed.media());
        }
        if (cancellation == null) {
            listener.ringing(response.getStatusCode());
        }
    }

    private void accepted(Response ok) {
        if (dialog.answered()) {
            leg.stray(ok);
            return;
        }
        if (over || cancellation != null) {
            answeredTooLate(ok);
            return;
        }
        over = true;
        stopTimers();
        dialog.confirm(ok);
        context.journal().record(dialog.toRecord());
        leg.answered(ok, invite);
    }

    private void refused(Response response) {
        int status = response.getStatusCode();
        if (cancellation != null) {
            fail(cancellation.reason(), status, "cancelled: " + SipMessages.describe(response));
        } else if ((status == 401 || status == 407) && digest != null) {
            if (digest.accept(response)) {
                send();
            } else {
                fail(EndReason.UNREACHABLE, status, "the credentials were not accepted");
            }
        } else if (status == 422 && intervalRaises < MAX_INTERVAL_RAISES) {
            intervalRaises++;
            interval = interval.raised(response);
            send();
        } else if (status == 503 && !rang) {
            nextAddress(status, SipMessages.describe(response));
        } else if (status / 100 == 3) {
            String contact = SipMessages.cut(SipMessages.value(response, "Contact"), SipMessages.LONGEST_ANSWER);
            fail(EndReason.UNREACHABLE, status, "redirected to " + contact + ", which is not followed");
        } else {
            fail(EndReasons.of(status, rang), status, SipMessages.describe(response));
        }
    }

    @Override
    public void timedOut() {
        if (over) {
            return;
        }
        fail(
                cancellation == null ? EndReason.UNREACHABLE : cancellation.reason(),
                null,
                "no answer to the INVITE at all");
    }

    /** Ends the INVITE: CANCEL now, or when a provisional answer permits it. */
    void cancel(EndReason reason) {
        if (over || cancellation != null) {
            return;
        }
        stop(ringTimer);
        // A phone that does not pick up has at least been heard of.
        boolean deaf = reason == EndReason.NO_ANSWER && !heard;
        EndReason told = deaf ? EndReason.UNREACHABLE : EndReasons.beforeAnswer(reason);
        cancellation = new Cancellation(context, dialog, leg.executor(), listener, told, () -> abandon(told));
        if (heard) {
            cancellation.send();
        }
    }

    private void abandon(EndReason reason) {
        fail(reason, null, "cancelled, never confirmed");
        terminateTransaction();
    }

    private void terminateTransaction() {
        try {
            if (transaction != null) {
                transaction.terminate();
            }
        } catch (ObjectInUseException e) {
            log.debug("leg {}: the INVITE's transaction is gone already", leg.legId(), e);
        }
    }

    /** A 2xx for an INVITE that we no longer want: ACK, then BYE; the end is reported as the CANCEL meant it. */
    void answeredTooLate(Response ok) {
        boolean wasOver = over;
        over = true;
        stopTimers();
        if (!wasOver) {
            context.journal().record(dialog.fork(ok).toRecord());
        }
        unwanted.release(dialog.fork(ok), ok, invite, leg::finish);
        EndReason reason = cancellation == null ? EndReason.CANCELLED : cancellation.reason();
        listener.ended(reason, ok.getStatusCode(), "answered while it was being cancelled");
    }

    /** A 2xx from a second phone behind a forking proxy: ACK, then BYE (RFC 3261 §13.2.2.4). */
    void answeredTwice(Response ok) {
        log.info("leg {}: a second phone answered and is released", leg.legId());
        unwanted.release(dialog.fork(ok), ok, invite, () -> {});
    }

    private void fail(EndReason reason, @Nullable Integer status, String message) {
        over = true;
        stopTimers();
        listener.ended(reason, status, message);
        leg.finish();
    }

    private void stopTimers() {
        stop(ringTimer);
        if (cancellation != null) {
            cancellation.stop();
        }
    }

    private static void stop(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
