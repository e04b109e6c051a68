package io.ringback.gateway.sip;

import io.ringback.gateway.sip.Timers.Timer;
import io.ringback.gateway.task.SerialExecutor;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leg that an earlier life of the gateway left behind: ended by BYE, or by CANCEL where no 2xx was seen. Its INVITE
 * has no transaction any more, so the final answer to a CANCELled one is acknowledged here.
 */
final class Ghost implements Party {
    private static final Logger log = LoggerFactory.getLogger(Ghost.class);

    private final DialogRecord noted;
    private final Dialog dialog;
    private final LegContext context;
    private final DialogClient client;
    private final SerialExecutor executor;
    private final UnwantedAnswers unwanted;
    private final Runnable done;
    private @Nullable Timer giveUp;
    private boolean over;

    /** @param done runs once, when an answer came or the attempts ran out */
    Ghost(DialogRecord noted, LegContext context, SerialExecutor executor, Runnable done) {
        this.noted = noted;
        this.dialog = Dialog.of(noted);
        this.context = context.withoutJournal();
        this.executor = executor;
        this.done = done;
        this.client = new DialogClient(
                this.context,
                dialog,
                executor,
                account(noted, context.settings().trunk()));
        this.unwanted = new UnwantedAnswers(context, client);
    }

    /** The trunk's, for a leg that went to the trunk. */
    private static @Nullable TrunkAccount account(DialogRecord noted, @Nullable SipRoute trunk) {
        if (trunk == null) {
            return null;
        }
        return SipMessages.uri(noted.requestUri())
                .filter(uri -> uri.getHost().equals(trunk.host()))
                .map(uri -> trunk.account())
                .orElse(null);
    }

    void start() {
        executor.execute(() -> {
            context.switchboard().register(dialog, this);
            giveUp = context.timers().after(context.settings().timing().giveUp(), executor, this::finish);
            if (noted.answered()) {
                client.send(Request.BYE, bye -> {}, new Farewell());
            } else {
                cancel();
            }
        });
    }

    private void cancel() {
        try {
            context.wire().send(dialog.cancel(), dialog.inviteHop(), dialog.branch(), new CancelAnswer());
        } catch (SipException e) {
            log.warn("leg {}: CANCEL could not be sent: {}", noted.legId(), Unsent.why(e));
            finish();
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            if (giveUp != null) {
                giveUp.cancel();
            }
            done.run();
            // A phone may still answer the INVITE while the CANCEL is on its way.
            context.timers()
                    .after(
                            context.settings().timing().giveUp(),
                            executor,
                            () -> context.switchboard().remove(dialog));
        }
    }

    @Override
    public SerialExecutor executor() {
        return executor;
    }

    @Override
    public void request(Request request, ServerTransaction transaction) {
        boolean bye = request.getMethod().equals(Request.BYE);
        int status = bye ? Response.OK : Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
        context.wire().respond(transaction, SipMessages.response(status, request));
        if (bye) {
            finish();
        }
    }

    @Override
    public void ack(Request ack) {
        // We answered no INVITE in this life.
    }

    @Override
    public void stray(Response response) {
        if (!SipMessages.cseq(response).getMethod().equals(Request.INVITE) || response.getStatusCode() < 200) {
            return;
        }
        if (response.getStatusCode() / 100 == 2) {
            unwanted.release(dialog.fork(response), response, dialog.invite(), this::finish);
        } else {
            context.wire().sendAck(dialog.ackOfFailure(response), dialog.inviteHop(), dialog.branch());
            finish();
        }
    }

    private final class Farewell implements DialogClient.Outcome {
        @Override
        public void answered(Response response, Request sent) {
            finish();
        }

        @Override
        public void unanswered() {
            finish();
        }
    }

    /** 200 means that the INVITE's final answer will follow; 481 that there is nothing to cancel. */
    private final class CancelAnswer implements Exchange {
        @Override
        public SerialExecutor executor() {
            return executor;
        }

        @Override
        public void answered(Response response) {
            if (response.getStatusCode() >= 300) {
                finish();
            }
        }

        @Override
        public void timedOut() {
            finish();
        }
    }
}
