package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sdp.MediaSession;
import io.ringback.gateway.sdp.Negotiation;
import io.ringback.gateway.sip.Timers.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import javax.sip.header.Header;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an answered session alive, or notices that it is dead (RFC 4028): refreshes by UPDATE, or by re-INVITE where
 * the peer knows no UPDATE, when the refresher is us; ends the leg when the peer should refresh and does not.
 */
final class SessionTimer {
    private static final Logger log = LoggerFactory.getLogger(SessionTimer.class);

    private final Conversation conversation;
    private final String legId;
    private final LegContext context;
    private final Dialog dialog;
    private final DialogClient client;
    private final MediaSession media;
    private final Executor executor;
    private SessionInterval wanted;
    private int raises;
    private boolean peerKnowsUpdate;
    private boolean inviting;
    private boolean stopped;
    private @Nullable Timer next;
    private @Nullable Timer expiry;

    SessionTimer(
            Conversation conversation,
            String legId,
            LegContext context,
            Dialog dialog,
            DialogClient client,
            MediaSession media,
            Executor executor) {
        this.conversation = conversation;
        this.legId = legId;
        this.context = context;
        this.dialog = dialog;
        this.client = client;
        this.media = media;
        this.executor = executor;
        this.wanted = SessionInterval.ours(context.settings().timing());
    }

    /** True while a re-INVITE of ours is under way: the peer's offer then gets 491 (RFC 3261 §14.2). */
    boolean isInviting() {
        return inviting;
    }

    /** Learns from the peer's Allow whether it takes UPDATE. */
    void learn(Message message) {
        String allow = SipMessages.value(message, "Allow");
        if (!allow.isEmpty()) {
            peerKnowsUpdate = allow.contains(Request.UPDATE);
        }
    }

    /** A 2xx to an INVITE or UPDATE of ours: without Session-Expires in it, the session never expires (§7.2). */
    void answered(Response ok) {
        learn(ok);
        SessionInterval.in(ok)
                .ifPresentOrElse(
                        agreed -> run(agreed.seconds(), !agreed.refresher().equals("uas")), this::cancel);
    }

    /** Runs from now: refreshes at half time, or expects the peer to. */
    void run(long seconds, boolean weRefresh) {
        cancel();
        if (stopped || seconds <= 0) {
            return;
        }
        // Whoever waits for the other hangs up a little before the end (RFC 4028 §10); whoever refreshes tries to it.
        long grace = weRefresh ? 0 : Math.min(32, seconds / 3);
        expiry = later(
                Duration.ofSeconds(seconds - grace),
                () -> conversation.hangUp(EndReason.MEDIA_LOST, null, "the session was not refreshed"));
        if (weRefresh) {
            next = later(Duration.ofMillis(seconds * 500), this::refresh);
        }
    }

    private Timer later(Duration delay, Runnable what) {
        return context.timers().after(delay, executor, what);
    }

    private void refresh() {
        if (stopped) {
            return;
        }
        String method = peerKnowsUpdate ? Request.UPDATE : Request.INVITE;
        inviting = method.equals(Request.INVITE);
        client.send(method, this::dress, new DialogClient.Outcome() {
            @Override
            public void answered(Response response, Request sent) {
                inviting = false;
                refreshed(response, sent);
            }

            @Override
            public void unanswered() {
                inviting = false;
                conversation.hangUp(EndReason.MEDIA_LOST, null, "no answer to the session refresh");
            }
        });
    }

    private void dress(Request request) {
        request.addHeader(SipMessages.header("Contact", context.wire().contact(dialog.transport())));
        SipMessages.addList(request, "Supported", SipMessages.SUPPORTED);
        SipMessages.addList(request, "Allow", SipMessages.ALLOW);
        List<Header> interval = wanted.headers();
        request.addHeader(SipMessages.header("Session-Expires", wanted.seconds() + ";refresher=uac"));
        request.addHeader(interval.get(1));
        if (request.getMethod().equals(Request.INVITE)) {
            SipMessages.setBody(request, SipMessages.SDP, media.offer());
        }
    }

    private void refreshed(Response response, Request sent) {
        int status = response.getStatusCode();
        if (status / 100 == 2) {
            raises = 0;
            if (sent.getMethod().equals(Request.INVITE)) {
                conversation.sendAck(response, sent);
                if (SipMessages.hasSdp(response)
                        && media.accept(SipMessages.body(response)) instanceof Negotiation.Agreed agreed) {
                    conversation.renegotiated(agreed.media());
                }
            }
            answered(response);
        } else if (status == 422 && raises < Dialling.MAX_INTERVAL_RAISES) {
            raises++;
            wanted = wanted.raised(response);
            refresh();
        } else if (status == 491) {
            // We own the Call-ID, so ours is the longer wait (RFC 3261 §14.1).
            next = later(Duration.ofMillis(context.random().nextInt(210, 401) * 10L), this::refresh);
        } else if (status == 405 || status == 501) {
            if (sent.getMethod().equals(Request.UPDATE)) {
                peerKnowsUpdate = false;
                refresh();
            }
        } else if (status == 481 || status == 408) {
            conversation.hangUp(EndReason.MEDIA_LOST, status, SipMessages.describe(response));
        } else {
            log.info("leg {}: session refresh answered {}", legId, status);
        }
    }

    private void cancel() {
        if (next != null) {
            next.cancel();
        }
        if (expiry != null) {
            expiry.cancel();
        }
    }

    /** The leg is ending. */
    void stop() {
        stopped = true;
        cancel();
    }
}
