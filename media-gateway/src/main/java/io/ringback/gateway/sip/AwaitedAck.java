package io.ringback.gateway.sip;

import io.ringback.gateway.sip.Timers.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Repeats a 2xx of ours to an INVITE until its ACK comes (RFC 3261 §13.3.1.4). */
final class AwaitedAck {
    /** Repeated from T1 up to every T2. */
    private static final Duration T1 = Duration.ofMillis(500);

    private static final Duration T2 = Duration.ofSeconds(4);

    private final LegContext context;
    private final Executor executor;
    private @Nullable Response ok;
    private @Nullable Timer repetition;
    private @Nullable Timer deadline;

    AwaitedAck(LegContext context, Executor executor) {
        this.context = context;
        this.executor = executor;
    }

    /** The 2xx was sent once. {@code missing} runs when no ACK came for it in time. */
    void begin(Response sent, Runnable missing) {
        ok = sent;
        deadline = context.timers().after(context.settings().timing().giveUp(), executor, () -> {
            stop();
            missing.run();
        });
        repeat(sent, T1);
    }

    private void repeat(Response sent, Duration delay) {
        repetition = context.timers().after(delay, executor, () -> {
            context.wire().respond(sent);
            Duration twice = delay.multipliedBy(2);
            repeat(sent, twice.compareTo(T2) < 0 ? twice : T2);
        });
    }

    boolean isDue() {
        return ok != null;
    }

    /** True if this is the one; then nothing is repeated any more. */
    boolean take(Request ack) {
        if (ok == null
                || SipMessages.cseq(ack).getSeqNumber() != SipMessages.cseq(ok).getSeqNumber()) {
            return false;
        }
        stop();
        return true;
    }

    void stop() {
        ok = null;
        if (repetition != null) {
            repetition.cancel();
        }
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
