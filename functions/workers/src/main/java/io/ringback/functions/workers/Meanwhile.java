package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation does while it is kept waiting: it lets go of what is done, so that others can go on with those
 * groups, and looks for more to do. Used by one thread.
 */
final class Meanwhile {
    /** After what time it lets go of what is done although other turns are not. */
    private static final Duration LULL = Duration.ofMillis(50);

    /** After what time it looks for more to do, and how long after a look that brought nothing. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** From when on it does not only look but stays at the queue: what comes then is taken at once. */
    private static final Duration KEPT_WAITING = Duration.ofSeconds(1);

    /** For so long; an invocation whose turns have ended lasts until its look has. */
    private static final Duration LONG_LOOK = Duration.ofSeconds(1);

    /** What a turn may take for which messages are received before its invocation's end. */
    private static final Duration ONE_TURN = Duration.ofSeconds(14);

    /** How many groups have their turns side by side at most when more messages are received. */
    private static final int SIDE_BY_SIDE = 50;

    private final @Nullable Inbox inbox;
    private final Deadline deadline;
    private final List<String> done = new ArrayList<>();
    private final long begin = System.nanoTime();
    private long doneSince;
    private long nextLook = begin + PATIENCE.toNanos();
    private boolean looking;

    /** @param inbox null for an invocation that just waits */
    Meanwhile(@Nullable Inbox inbox, Deadline deadline) {
        this.inbox = inbox;
        this.deadline = deadline;
    }

    /** How long to wait for a turn's end before {@link #letGo} and {@link #look}. */
    Duration patience() {
        return done.isEmpty() ? PATIENCE : LULL;
    }

    /** Messages that are done with. */
    void done(List<String> receiptHandles) {
        if (done.isEmpty()) {
            doneSince = System.nanoTime();
        }
        done.addAll(receiptHandles);
    }

    /** Deletes what has been done for a while. */
    void letGo() {
        if (inbox != null && !done.isEmpty() && System.nanoTime() - doneSince >= LULL.toNanos()) {
            inbox.delete(done);
            done.clear();
        }
    }

    /**
     * A look into the queue, if it is time for one; {@link #looked} has to be told of its end.
     *
     * @param left how many turns have not ended, and a look
     */
    Optional<Callable<List<SQSMessage>>> look(int left) {
        long now = System.nanoTime();
        Inbox queue = inbox;
        if (queue == null || looking || left == 0 || left >= SIDE_BY_SIDE || now - nextLook < 0) {
            return Optional.empty();
        }
        Duration stay = now - begin < KEPT_WAITING.toNanos() ? Duration.ZERO : LONG_LOOK;
        if (!deadline.leaves(ONE_TURN.plus(stay))) {
            return Optional.empty();
        }
        looking = true;
        return Optional.of(() -> queue.receive(stay));
    }

    /** A look has ended. */
    void looked(boolean found) {
        looking = false;
        nextLook = System.nanoTime() + (found ? 0 : PATIENCE.toNanos());
    }
}
