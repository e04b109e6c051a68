package io.ringback.gateway.sip;

import io.ringback.gateway.sip.InviteTable.Place;
import io.ringback.gateway.task.SerialExecutor;
import javax.sip.ServerTransaction;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** An INVITE from its arrival on: nobody's, then a leg's. */
final class PendingInvite {
    private final IncomingInvite invite;
    private final SerialExecutor executor;
    private final Place place;
    private @Nullable CallerLeg leg;

    PendingInvite(IncomingInvite invite, SerialExecutor executor, Place place) {
        this.invite = invite;
        this.executor = executor;
        this.place = place;
    }

    IncomingInvite invite() {
        return invite;
    }

    SerialExecutor executor() {
        return executor;
    }

    /** The leg that it becomes. */
    synchronized void become(CallerLeg begun) {
        leg = begun;
        executor.execute(begun::start);
    }

    private synchronized @Nullable CallerLeg leg() {
        return leg;
    }

    /** The caller gives up (RFC 3261 §9.2). What was answered before stays answered. */
    void cancel(ServerTransaction cancel) {
        executor.execute(() -> {
            invite.answerCancel(cancel);
            if (!invite.refuse(Response.REQUEST_TERMINATED)) {
                return;
            }
            CallerLeg begun = leg();
            if (begun == null) {
                forget();
            } else {
                begun.cancelled();
            }
        });
    }

    /** Refuses what is no leg yet. */
    void refuse(int status) {
        invite.refuse(status);
        forget();
    }

    void refuse(Response refusal) {
        invite.last(refusal);
        forget();
    }

    /** It waits for an answer no more. */
    void answered() {
        place.leaveQueue();
    }

    /** No repetition of it can come any more. */
    void forget() {
        place.leave();
    }
}
