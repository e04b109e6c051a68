package io.ringback.gateway.sip;

import io.ringback.gateway.sip.Timers.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import javax.sip.header.RAckHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends provisional answers to one INVITE, reliably where the caller demands it (RFC 3262 §3): numbered, repeated until
 * its PRACK, one at a time. What has to follow in order waits its turn here.
 */
final class ReliableAnswers {
    private static final Duration T1 = Duration.ofMillis(500);

    private final IncomingInvite invite;
    private final LegContext context;
    private final Executor executor;
    private final Runnable unheard;
    private final boolean demanded;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private long number;
    private boolean due;
    private @Nullable Timer repetition;
    private @Nullable Timer deadline;

    /** @param unheard runs when no PRACK comes for an answer in time */
    ReliableAnswers(IncomingInvite invite, LegContext context, Executor executor, Runnable unheard) {
        this.invite = invite;
        this.context = context;
        this.executor = executor;
        this.unheard = unheard;
        this.demanded = SipMessages.options(invite.request(), "Require").contains("100rel");
        this.number = context.random().nextInt(1, 1_000_000);
    }

    /** Runs the task now, or when every reliable answer before it was heard. */
    void inOrder(Runnable task) {
        if (due) {
            waiting.add(task);
        } else {
            task.run();
        }
    }

    /** Sends a provisional answer above 100. To be called {@link #inOrder}. */
    void send(Response response) {
        if (!demanded) {
            invite.provisional(response);
            return;
        }
        number++;
        SipMessages.addList(response, "Require", "100rel");
        response.setHeader(SipMessages.header("RSeq", Long.toString(number)));
        due = true;
        deadline = context.timers().after(context.settings().timing().giveUp(), executor, () -> {
            stop();
            unheard.run();
        });
        invite.provisional(response);
        repeat(response, T1);
    }

    private void repeat(Response response, Duration delay) {
        repetition = context.timers().after(delay, executor, () -> {
            invite.provisional(response);
            repeat(response, delay.multipliedBy(2));
        });
    }

    /** Answers a PRACK. */
    Response heard(Request prack) {
        boolean meant = due
                && prack.getHeader(RAckHeader.NAME) instanceof RAckHeader rack
                && rack.getRSeqNumber() == number
                && rack.getCSeqNumber() == SipMessages.cseq(invite.request()).getSeqNumber()
                && Request.INVITE.equals(rack.getMethod());
        if (!meant) {
            return SipMessages.response(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, prack);
        }
        due = false;
        stopTimers();
        // After the answer to the PRACK, which the caller of this sends.
        executor.execute(this::next);
        return SipMessages.response(Response.OK, prack);
    }

    private void next() {
        while (!due && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    /** Nothing is repeated any more, nothing waits any more. */
    void stop() {
        due = false;
        waiting.clear();
        stopTimers();
    }

    private void stopTimers() {
        if (repetition != null) {
            repetition.cancel();
        }
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
