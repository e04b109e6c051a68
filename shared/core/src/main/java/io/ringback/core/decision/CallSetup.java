package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Incoming;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Participant.Invitation;
import io.ringback.core.call.Subscriber;
import io.ringback.core.command.CallCommand.CreateCall;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.media.MediaEvent.CallOffered;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Ids;
import java.time.Instant;
import java.util.List;

/** How a call begins. */
final class CallSetup {
    private CallSetup() {}

    static Decision create(CreateCall command, Instant now, Ids ids) {
        if (command.targets().isEmpty() || command.targets().size() > Limits.LIVE_PARTICIPANTS) {
            return new Decision.Rejected(
                    ErrorCode.MALFORMED,
                    "a call has 1 to " + Limits.LIVE_PARTICIPANTS + " targets, not "
                            + command.targets().size(),
                    "targets");
        }
        CallDraft draft = CallDraft.fresh(
                ids.newServerCallId(),
                command.gateway(),
                new Origin(Origin.Kind.OUTBOUND, command.source(), command.targets()),
                null,
                command.subscribers(),
                now,
                ids);
        if (draft.wouldExceedLegs(command.targets().size())) {
            return Refusals.tooManyLegs(draft, "targets");
        }
        Announcements.started(draft);
        Connection connection = connection(command, draft);
        draft.add(connection);
        draft.tell(connection, new ConnectionStateChanged(CallState.ESTABLISHING, null, connection.operationContext()));
        // The answer of a single target is the establishing of the call: no other result is owed for it.
        Invitation invitation = command.targets().size() == 1
                ? null
                : new Invitation(connection.callConnectionId(), null, command.operationContext());
        Dialling dialling = new Dialling(command.callerId(), command.ringTimeout());
        for (Identifier target : command.targets()) {
            dialling.dial(draft, target, invitation, null);
        }
        return draft.accept(new Reply.CallCreated(connection.callConnectionId(), draft.serverCallId()));
    }

    /** A call that no function placed begins with the gateway's first report of it. */
    static CallDraft offered(
            MediaReport report, CallOffered offer, List<Subscriber> subscribers, Instant now, Ids ids) {
        Incoming incoming = offer.kind() == Origin.Kind.INCOMING
                ? new Incoming(
                        offer.callerLeg(), offer.callerDisplayName(), offer.ringsUntil(), Incoming.Decided.NOT_YET)
                : null;
        CallDraft draft = CallDraft.fresh(
                report.serverCallId(),
                report.gateway(),
                new Origin(offer.kind(), offer.from(), List.of(offer.to())),
                incoming,
                subscribers,
                now,
                ids);
        draft.applied(report.number());
        draft.add(Participant.ringing(offer.callerLeg(), offer.from(), null, now));
        if (offer.calleeLeg() != null) {
            draft.add(Participant.ringing(offer.calleeLeg(), offer.to(), null, now));
        }
        if (incoming != null) {
            // Before anything else for the same receivers: what holds up a stream must not outlast the ringing.
            IncomingCalls.offered(draft, incoming);
        }
        Announcements.started(draft);
        return draft;
    }

    private static Connection connection(CreateCall command, CallDraft draft) {
        return new Connection(
                draft.ids().newChildId(draft.serverCallId()),
                command.callback(),
                command.source(),
                command.targets(),
                command.alternateCallerId(),
                command.subject(),
                command.requestedEvents(),
                command.operationContext(),
                CallState.ESTABLISHING,
                draft.now(),
                null,
                null,
                null);
    }
}
