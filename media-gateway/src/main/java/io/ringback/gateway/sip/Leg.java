package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.MediaSession;
import io.ringback.gateway.task.SerialExecutor;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbound leg from the order to its end: {@link Dialling} until the 2xx, {@link Conversation} from then on. All
 * but the methods of {@link SipLeg} runs on the leg's executor.
 */
final class Leg implements SipLeg, Party, DialogOwner {
    private static final Logger log = LoggerFactory.getLogger(Leg.class);

    private final LegOrder order;
    private final LegContext context;
    private final SerialExecutor executor;
    private final GuardedListener listener;
    private @Nullable Dialling dialling;
    private @Nullable Conversation conversation;
    private boolean finished;
    private volatile boolean infoAllowed;

    Leg(LegOrder order, LegContext context, SerialExecutor executor, SipLegListener listener) {
        this.order = order;
        this.context = context;
        this.executor = executor;
        this.listener = new GuardedListener(order.journalId(), listener);
    }

    void start() {
        executor.execute(this::dial);
    }

    private void dial() {
        if (listener.isOver()) {
            return;
        }
        Destination destination = order.destination();
        if (destination == null) {
            listener.ended(EndReason.UNREACHABLE, null, "no route to the target");
            return;
        }
        if (!destination.isNamed()) {
            dial(destination, destination.hops(context.resolver()));
            return;
        }
        try {
            context.lookUps().execute(() -> {
                List<SipHop> hops = destination.hops(context.resolver());
                executor.execute(() -> dial(destination, hops));
            });
        } catch (RejectedExecutionException e) {
            listener.ended(EndReason.UNREACHABLE, null, "too many names are being looked up");
        }
    }

    private void dial(Destination destination, List<SipHop> hops) {
        if (listener.isOver()) {
            return;
        }
        if (hops.isEmpty()) {
            listener.ended(
                    EndReason.UNREACHABLE,
                    null,
                    "no address for " + destination.hop().host());
            return;
        }
        Dialog dialog = new Dialog(
                order.journalId(),
                order.callId(),
                context.tokens().get(),
                order.caller().uri(),
                context.tokens().get(),
                destination.requestUri().toString(),
                destination.requestUri(),
                hops.get(0));
        if (destination.onFlow()) {
            dialog.stayOnFlow();
        }
        dialog.showing(order.caller().displayName());
        context.switchboard().register(dialog, this);
        MediaSession media = new MediaSession(
                context.wire().advertised().getHostString(),
                order.rtpPort(),
                Long.parseLong(context.tokens().get().substring(0, 12), 16));
        DialogClient client = new DialogClient(context, dialog, executor, destination.account());
        conversation = new Conversation(this, context, dialog, client, media, listener);
        dialling = new Dialling(
                this, context, order, dialog, client, media, listener, destination.account(), new ArrayDeque<>(hops));
        try {
            dialling.start();
        } catch (RuntimeException e) {
            // Above all a journal that cannot be written: what is not noted is not dialled.
            log.error("leg {}: not dialled", order.journalId(), e);
            listener.ended(EndReason.UNREACHABLE, null, "the leg could not be noted");
            finish();
        }
    }

    /** The 2xx came while it was wanted: the dialog stands. */
    void answered(Response ok, Request invite) {
        infoAllowed = SipMessages.options(ok, "Allow").contains("info");
        if (conversation != null) {
            conversation.begin(ok, invite);
        }
    }

    /** A provisional answer brought media. */
    void earlyMediaAgreed() {
        if (conversation != null) {
            conversation.earlyMediaAgreed();
        }
    }

    /** Nothing is left to be sent for this leg but ACKs for late answers. */
    @Override
    public void finish() {
        if (finished || dialling == null) {
            return;
        }
        finished = true;
        context.journal().forget(order.journalId());
        Dialog dialog = dialling.dialog();
        // A second phone behind a forking proxy may answer as late as this (RFC 3261 §13.2.2.4: 64 × T1).
        context.timers()
                .after(
                        context.settings().timing().giveUp(),
                        executor,
                        () -> context.switchboard().remove(dialog));
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public String legId() {
        return order.legId();
    }

    @Override
    public void hangUp(EndReason reason) {
        executor.execute(() -> {
            if (dialling == null) {
                listener.ended(EndReasons.beforeAnswer(reason), null, "hung up before it was dialled");
            } else if (dialling.dialog().answered() && conversation != null) {
                conversation.hangUp(reason, null, "hung up");
            } else {
                dialling.cancel(reason);
            }
        });
    }

    @Override
    public void probe() {
        executor.execute(() -> {
            if (conversation != null && dialling != null && dialling.dialog().answered()) {
                conversation.probe();
            }
        });
    }

    @Override
    public boolean takesInfoTones() {
        return infoAllowed;
    }

    @Override
    public void sendTone(Tone tone) {
        executor.execute(() -> {
            if (conversation != null && dialling != null && dialling.dialog().answered() && !finished) {
                conversation.sendTone(tone);
            }
        });
    }

    @Override
    public SerialExecutor executor() {
        return executor;
    }

    @Override
    public void request(Request request, ServerTransaction transaction) {
        if (conversation != null) {
            conversation.request(request, transaction);
        }
    }

    @Override
    public void ack(Request ack) {
        if (conversation != null) {
            conversation.ack(ack);
        }
    }

    @Override
    public void stray(Response response) {
        boolean inviteAnswer =
                SipMessages.cseq(response).getMethod().equals(Request.INVITE) && response.getStatusCode() / 100 == 2;
        if (!inviteAnswer || conversation == null || dialling == null) {
            return;
        }
        if (!dialling.dialog().answered()) {
            // The INVITE was given up or failed, and now somebody answers.
            dialling.answeredTooLate(response);
        } else if (!conversation.repeatAck(response)) {
            dialling.answeredTwice(response);
        }
    }
}
