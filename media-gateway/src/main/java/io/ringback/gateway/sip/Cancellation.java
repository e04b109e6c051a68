package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sip.Timers.Timer;
import io.ringback.gateway.task.SerialExecutor;
import java.time.Duration;
import javax.sip.SipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wish to end an INVITE before its answer (RFC 3261 §9.1): the CANCEL goes out when a provisional answer permits
 * it, the leg's end is told soon after whatever comes, and a peer that stays silent is given up.
 */
final class Cancellation {
    private static final Logger log = LoggerFactory.getLogger(Cancellation.class);

    private final LegContext context;
    private final Dialog dialog;
    private final SerialExecutor executor;
    private final GuardedListener listener;
    private final EndReason reason;
    private final Runnable abandon;
    private Timer giveUp;
    private @Nullable Timer endReport;

    /**
     * @param reason what the leg's end is told as
     * @param abandon runs when neither a provisional answer nor, after the CANCEL, a final one came in time
     */
    Cancellation(
            LegContext context,
            Dialog dialog,
            SerialExecutor executor,
            GuardedListener listener,
            EndReason reason,
            Runnable abandon) {
        this.context = context;
        this.dialog = dialog;
        this.executor = executor;
        this.listener = listener;
        this.reason = reason;
        this.abandon = abandon;
        this.giveUp = later(context.settings().timing().giveUp(), abandon);
    }

    EndReason reason() {
        return reason;
    }

    /** A provisional answer is here; sends the CANCEL once. */
    void send() {
        if (endReport != null) {
            return;
        }
        giveUp.cancel();
        giveUp = later(context.settings().timing().giveUp(), abandon);
        endReport = later(
                context.settings().timing().endReport(),
                () -> listener.ended(reason, null, "cancelled, not confirmed yet"));
        try {
            context.wire().send(dialog.cancel(), dialog.inviteHop(), dialog.branch(), new Unheeded(executor));
        } catch (SipException e) {
            log.warn("CANCEL could not be sent: {}", Unsent.why(e));
        }
    }

    private Timer later(Duration delay, Runnable what) {
        return context.timers().after(delay, executor, what);
    }

    /** The INVITE is over. */
    void stop() {
        giveUp.cancel();
        if (endReport != null) {
            endReport.cancel();
        }
    }
}
