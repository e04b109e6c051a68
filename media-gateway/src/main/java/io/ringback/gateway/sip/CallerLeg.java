package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.MediaSession;
import io.ringback.gateway.sdp.Negotiation;
import io.ringback.gateway.sip.Timers.Timer;
import io.ringback.gateway.task.SerialExecutor;
import java.time.Duration;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A leg that a caller began: rings until it is answered or over, then is a {@link Conversation} like any other. All but
 * the methods of {@link InboundLeg} runs on the leg's executor.
 */
final class CallerLeg implements InboundLeg, Party, DialogOwner {
    /** RFC 3261 §13.3.1.1: proxies give up an INVITE of which they hear nothing for three minutes. */
    private static final Duration STILL_RINGING = Duration.ofMinutes(1);

    private final PendingInvite pending;
    private final IncomingInvite invite;
    private final Dialog dialog;
    private final MediaSession media;
    private final LegContext context;
    private final SerialExecutor executor;
    private final String legId;
    private final GuardedListener listener;
    private final Conversation conversation;
    private final ReliableAnswers provisional;
    private @Nullable String ourAnswer;
    private @Nullable Timer ringing;
    private boolean finished;

    CallerLeg(
            String legId,
            PendingInvite pending,
            Dialog dialog,
            MediaSession media,
            LegContext context,
            @Nullable TrunkAccount account,
            SipLegListener listener) {
        this.legId = legId;
        this.pending = pending;
        this.invite = pending.invite();
        this.dialog = dialog;
        this.media = media;
        this.context = context;
        this.executor = pending.executor();
        this.listener = new GuardedListener(legId, listener);
        this.conversation = new Conversation(
                this, context, dialog, new DialogClient(context, dialog, executor, account), media, this.listener);
        this.provisional = new ReliableAnswers(
                invite, context, executor, () -> end(504, EndReason.ACK_TIMEOUT, "no PRACK for our ringing"));
    }

    void start() {
        if (!finished) {
            context.switchboard().register(dialog, this);
            if (invite.isOver()) {
                cancelled();
            }
        }
    }

    @Override
    public void ring() {
        inOrder(this::sendRinging);
    }

    private void sendRinging() {
        stopRinging();
        provisional.send(dressed(Response.RINGING));
        ringing = context.timers().after(STILL_RINGING, executor, this::ring);
    }

    @Override
    public void early() {
        inOrder(() -> {
            if (!SipMessages.hasSdp(invite.request())) {
                sendRinging();
            } else if (agree()) {
                Response progress = dressed(Response.SESSION_PROGRESS);
                SipMessages.setBody(progress, SipMessages.SDP, String.valueOf(ourAnswer));
                provisional.send(progress);
            }
        });
    }

    @Override
    public void answer() {
        inOrder(() -> {
            boolean offered = SipMessages.hasSdp(invite.request());
            if (offered && !agree()) {
                return;
            }
            stopRinging();
            Response ok = dressed(Response.OK);
            try {
                conversation.answer(ok, invite.request(), ourAnswer == null ? media.offer() : ourAnswer);
            } catch (RuntimeException e) {
                // Above all a journal that cannot be written: what is not noted is not answered.
                end(Response.SERVER_INTERNAL_ERROR, EndReason.FAILED, "the leg could not be noted");
                throw e;
            }
            pending.answered();
            if (invite.last(ok)) {
                conversation.answerSent(ok);
            }
        });
    }

    /** Makes our answer to the caller's offer, once, and tells what was agreed. */
    private boolean agree() {
        if (ourAnswer != null) {
            return true;
        }
        Negotiation negotiation = media.answer(SipMessages.body(invite.request()));
        if (negotiation instanceof Negotiation.Agreed agreed) {
            ourAnswer = agreed.answer();
            listener.media(agreed.media());
            return true;
        }
        end(Response.NOT_ACCEPTABLE_HERE, EndReason.UNREACHABLE, "no media in common");
        return false;
    }

    private Response dressed(int status) {
        Response response = invite.response(status);
        response.setHeader(SipMessages.header("Contact", context.wire().contact(dialog.transport())));
        response.addHeader(SipMessages.header("X-Ringback-Leg", legId));
        return response;
    }

    private void inOrder(Runnable what) {
        executor.execute(() -> provisional.inOrder(() -> {
            if (!finished && !invite.isOver()) {
                what.run();
            }
        }));
    }

    @Override
    public void refuse(int sipStatus, EndReason reason) {
        executor.execute(() -> end(sipStatus, reason, "refused"));
    }

    @Override
    public void hangUp(EndReason reason) {
        executor.execute(() -> {
            if (dialog.answered()) {
                conversation.hangUp(reason, null, "hung up");
            } else {
                end(EndReasons.refusal(reason), EndReasons.beforeAnswer(reason), "hung up before the answer");
            }
        });
    }

    @Override
    public void probe() {
        executor.execute(() -> {
            if (dialog.answered()) {
                conversation.probe();
            }
        });
    }

    @Override
    public boolean takesInfoTones() {
        return SipMessages.options(invite.request(), "Allow").contains("info");
    }

    @Override
    public void sendTone(Tone tone) {
        executor.execute(() -> {
            if (dialog.answered() && !finished) {
                conversation.sendTone(tone);
            }
        });
    }

    /** The caller gave up before our answer, and got 487. */
    void cancelled() {
        if (!dialog.answered()) {
            listener.ended(EndReason.CANCELLED, Response.REQUEST_TERMINATED, "given up by the caller");
            finish();
        }
    }

    private void end(int status, EndReason reason, String message) {
        if (invite.refuse(status)) {
            listener.ended(reason, status, message);
            finish();
        }
    }

    private void stopRinging() {
        if (ringing != null) {
            ringing.cancel();
        }
    }

    @Override
    public String legId() {
        return legId;
    }

    @Override
    public SerialExecutor executor() {
        return executor;
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public void finish() {
        if (finished) {
            return;
        }
        finished = true;
        stopRinging();
        provisional.stop();
        context.journal().forget(legId);
        pending.answered();
        // Repetitions of what belongs to the leg may come as late as this.
        context.timers().after(context.settings().timing().giveUp(), executor, () -> {
            context.switchboard().remove(dialog);
            pending.forget();
        });
    }

    @Override
    public void request(Request request, ServerTransaction transaction) {
        if (finished || dialog.answered()) {
            conversation.request(request, transaction);
            return;
        }
        switch (request.getMethod()) {
            case Request.PRACK -> context.wire().respond(transaction, provisional.heard(request));
            case Request.INVITE, Request.UPDATE ->
                context.wire().respond(transaction, SipMessages.response(Response.REQUEST_PENDING, request));
            case Request.BYE -> {
                context.wire().respond(transaction, SipMessages.response(Response.OK, request));
                end(Response.REQUEST_TERMINATED, EndReason.CANCELLED, "given up by the caller");
            }
            default -> conversation.request(request, transaction);
        }
    }

    @Override
    public void ack(Request ack) {
        conversation.ack(ack);
    }

    @Override
    public void stray(Response response) {
        if (SipMessages.cseq(response).getMethod().equals(Request.INVITE) && response.getStatusCode() / 100 == 2) {
            conversation.repeatAck(response);
        }
    }
}
