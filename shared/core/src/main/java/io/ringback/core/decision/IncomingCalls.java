package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Incoming;
import io.ringback.core.call.Incoming.Decided;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand.AnswerCall;
import io.ringback.core.command.CallCommand.RedirectCall;
import io.ringback.core.command.CallCommand.RejectCall;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.core.media.MediaCommand.RejectLeg;
import java.util.function.BiFunction;

/**
 * Calls about which an application decides (telephony §5, §10). Each subscription that was told of one may decide; the
 * first decision counts.
 */
final class IncomingCalls {
    private static final String CONTEXT = "incomingCallContext";

    private IncomingCalls() {}

    /** Asks for a decision; refuses the caller at once when nobody is there to make one. */
    static void offered(CallDraft draft, Incoming incoming) {
        if (draft.subscribers().stream().anyMatch(s -> s.wants(Announcement.INCOMING_CALL))) {
            Announcements.incoming(draft);
        } else {
            refuse(draft, incoming, RejectCall.Reason.NONE, "no event subscription decides about calls to this target");
        }
    }

    /** True for a call that came in and about which nobody has decided. */
    static boolean isUndecided(CallDraft draft) {
        return draft.incoming().filter(i -> i.decided() == Decided.NOT_YET).isPresent();
    }

    /** True while the caller rings and somebody may still decide. */
    static boolean awaitsDecision(CallDraft draft) {
        return draft.incoming()
                .filter(i -> i.awaitsDecision(draft.state(), draft.participants()))
                .isPresent();
    }

    static Decision answer(CallDraft draft, AnswerCall command) {
        return decide(draft, command.subscriptionId(), (incoming, caller) -> {
            if (draft.wouldExceedStreams(command.callback())) {
                return Refusals.tooManyStreams("callbackUri");
            }
            draft.decide(incoming.decided(Decided.ANSWERED));
            Connection connection = new Connection(
                    draft.ids().newChildId(draft.serverCallId()),
                    command.callback(),
                    caller.identifier(),
                    draft.origin().to(),
                    null,
                    null,
                    command.requestedEvents(),
                    command.operationContext(),
                    CallState.ESTABLISHING,
                    draft.now(),
                    null,
                    null,
                    null);
            draft.add(connection);
            draft.tell(
                    connection,
                    new ConnectionStateChanged(CallState.ESTABLISHING, null, connection.operationContext()));
            draft.order(new AnswerLeg(caller.participantId(), draft.orderDeadline()));
            return draft.accept(new Reply.Connected(connection.callConnectionId(), draft.serverCallId()));
        });
    }

    static Decision reject(CallDraft draft, RejectCall command) {
        return decide(draft, command.subscriptionId(), (incoming, caller) -> {
            refuse(draft, incoming, command.reason(), "the application rejected the call");
            return draft.accept(new Reply.Done());
        });
    }

    /** The caller goes on ringing; the gateway answers or refuses it as the target does. */
    static Decision redirect(CallDraft draft, RedirectCall command) {
        return decide(draft, command.subscriptionId(), (incoming, caller) -> {
            draft.decide(incoming.decided(Decided.REDIRECTED));
            new Dialling(command.callerId(), Limits.REDIRECT_RING_TIME)
                    .dial(draft, command.target(), null, new Coupling(caller.participantId(), Coupling.Kind.FORWARD));
            return draft.accept(new Reply.Done());
        });
    }

    private static Decision decide(
            CallDraft draft, String subscriptionId, BiFunction<Incoming, Participant, Decision> rule) {
        Incoming incoming = draft.incoming().orElse(null);
        if (incoming == null || draft.subscribers().stream().noneMatch(s -> mayDecide(s, subscriptionId))) {
            return new Decision.Rejected(
                    ErrorCode.MALFORMED,
                    "the context belongs to no call that was offered to its subscription",
                    CONTEXT);
        }
        if (incoming.decided() != Decided.NOT_YET) {
            return new Decision.Rejected(
                    ErrorCode.CONFLICT,
                    "somebody has decided about the call already; the first decision counts",
                    CONTEXT);
        }
        if (!incoming.isRinging(draft.state(), draft.participants())
                || !draft.now().isBefore(incoming.ringsUntil())) {
            return new Decision.Rejected(ErrorCode.WRONG_STATE, "the call is no longer ringing", CONTEXT);
        }
        return rule.apply(incoming, draft.participant(incoming.participantId()).orElseThrow());
    }

    private static boolean mayDecide(Subscriber subscriber, String subscriptionId) {
        return subscriber.subscriptionId().equals(subscriptionId) && subscriber.wants(Announcement.INCOMING_CALL);
    }

    private static void refuse(CallDraft draft, Incoming incoming, RejectCall.Reason reason, String message) {
        draft.decide(incoming.decided(Decided.REJECTED));
        draft.beginEnd(ResultInfo.of(endReason(reason), reason.sipStatus(), message));
        draft.order(new RejectLeg(incoming.participantId(), reason.sipStatus(), draft.orderDeadline()));
    }

    /** What the status that the caller is told means to everybody else (telephony §1; 480 follows a 180 here). */
    private static EndReason endReason(RejectCall.Reason reason) {
        return switch (reason) {
            case NONE -> EndReason.NO_ANSWER;
            case BUSY -> EndReason.BUSY;
            case FORBIDDEN -> EndReason.DECLINED;
        };
    }
}
