package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.media.MediaCommand.EndCall;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** How connections and calls end. Every end passes TERMINATING. */
final class CallEnd {
    /** If all targets failed, the reason that comes first here counts. */
    private static final List<EndReason> RANK = List.of(
            EndReason.DECLINED,
            EndReason.BUSY,
            EndReason.NO_ANSWER,
            EndReason.UNREACHABLE,
            EndReason.NOT_FOUND,
            EndReason.POLICY,
            EndReason.CAPACITY,
            EndReason.CANCELLED);

    private CallEnd() {}

    /**
     * The rule: a call is over when it has no live leg, or fewer than two live legs and nobody to wait for.
     *
     * @param applicationAttached an application may still bring somebody in
     * @param awaitsDecision a caller rings and an application may still decide about it
     */
    static boolean isOver(int liveLegs, boolean applicationAttached, boolean awaitsDecision) {
        return liveLegs == 0 || (liveLegs < 2 && !applicationAttached && !awaitsDecision);
    }

    /** Detaches the application; its plays end, its stream ends, then the rule decides about the call. */
    static Decision hangUp(CallDraft draft, Connection connection) {
        if (!connection.state().isOpen()) {
            return draft.accept(new Reply.Done());
        }
        ResultInfo reason = ResultInfo.of(EndReason.HUNG_UP_BY_APPLICATION, "the application hung up");
        boolean othersAttached = draft.openConnections().size() > 1;
        if (isOver(draft.liveLegs().size(), othersAttached, IncomingCalls.awaitsDecision(draft))) {
            end(draft, reason);
            return draft.accept(new Reply.Done());
        }
        detach(draft, connection, reason);
        return draft.accept(new Reply.Done());
    }

    /** Ends an attachment to a call that goes on: its media operations end, its invitations and a transfer do not. */
    static void detach(CallDraft draft, Connection connection, ResultInfo reason) {
        draft.tellRoster();
        terminating(draft, connection, reason);
        Transfers.outlive(draft, connection);
        Invitations.outlive(draft, connection);
        Operations.cancel(
                draft,
                draft.operations().stream()
                        .filter(o -> connection.callConnectionId().equals(o.callConnectionId()))
                        .toList(),
                reason.message());
        terminated(draft, connection, reason);
    }

    /** Moves a connection between the states of one that is attached. */
    static void goOn(CallDraft draft, Connection connection, CallState state) {
        Connection moved = connection.withState(state);
        draft.replace(moved);
        draft.tell(moved, new ConnectionStateChanged(state, null, connection.operationContext()));
    }

    /** Ends the call for everybody. */
    static Decision terminate(CallDraft draft, Connection connection) {
        if (draft.state().isOpen()) {
            if (!connection.state().isOpen()) {
                return new Decision.Rejected(
                        ErrorCode.WRONG_STATE,
                        "the application has left the call, which goes on without it",
                        "callConnectionId");
            }
            end(draft, ResultInfo.of(EndReason.HUNG_UP_BY_APPLICATION, "the application ended the call"));
        }
        return draft.accept(new Reply.Done());
    }

    /** Looks at the rule after a leg has ended. */
    static void afterLeg(CallDraft draft, ResultInfo legReason) {
        int live = draft.liveLegs().size();
        if (draft.state() == CallState.TERMINATING) {
            if (live == 0) {
                finish(draft);
            }
        } else if (draft.state().isOpen()
                && isOver(live, !draft.openConnections().isEmpty(), IncomingCalls.awaitsDecision(draft))) {
            end(draft, draft.state() == CallState.ESTABLISHING ? bestOf(draft, legReason) : legReason);
        }
    }

    /** Ends a call all of whose legs are gone at once, for one reason. */
    static void afterAllLegs(CallDraft draft, ResultInfo reason) {
        if (draft.state() == CallState.TERMINATING) {
            finish(draft);
        } else if (draft.state().isOpen()) {
            end(draft, reason);
        }
    }

    /** Begins the end: legs that still live are hung up; without any the call is over at once. */
    static void end(CallDraft draft, ResultInfo reason) {
        draft.beginEnd(reason);
        draft.tellRoster();
        List<Participant> live = draft.liveLegs();
        for (Connection connection : draft.openConnections()) {
            terminating(draft, connection, reason);
        }
        if (live.isEmpty()) {
            finish(draft);
        } else {
            draft.order(new EndCall(
                    live.stream().map(Participant::participantId).toList(), reason.reason(), draft.orderDeadline()));
        }
    }

    /** The last leg is gone: every open operation gets its result, then every stream its last state. */
    private static void finish(CallDraft draft) {
        ResultInfo reason = draft.endReason().orElseThrow();
        draft.tellRoster();
        for (Operation operation : draft.operations()) {
            Operations.fail(draft, operation, Operations.cancelled("the call ended"));
        }
        for (Connection connection : draft.connections()) {
            if (connection.state() != CallState.TERMINATED) {
                terminated(draft, connection, reason);
            }
        }
        Announcements.ended(draft, reason);
        draft.completeEnd();
    }

    private static void terminating(CallDraft draft, Connection connection, ResultInfo reason) {
        move(draft, connection, CallState.TERMINATING, reason);
    }

    private static void terminated(CallDraft draft, Connection connection, ResultInfo reason) {
        move(draft, connection, CallState.TERMINATED, reason);
    }

    private static void move(CallDraft draft, Connection connection, CallState state, ResultInfo reason) {
        Connection moved = connection
                .with()
                .state(state)
                .endedAt(state == CallState.TERMINATED ? draft.now() : null)
                .endReason(reason)
                .build();
        draft.replace(moved);
        draft.tell(moved, new ConnectionStateChanged(state, reason, connection.operationContext()));
    }

    private static ResultInfo bestOf(CallDraft draft, ResultInfo last) {
        return draft.participants().stream()
                .map(Participant::endReason)
                .filter(Objects::nonNull)
                .filter(info -> RANK.contains(info.reason()))
                .min(Comparator.comparingInt(info -> RANK.indexOf(info.reason())))
                .orElse(last);
    }
}
