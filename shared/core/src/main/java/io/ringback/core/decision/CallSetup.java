package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Participant;
import io.ringback.core.command.CallCommand.CreateCall;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.port.Ids;
import java.time.Instant;

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
        Connection connection = connection(command, draft);
        draft.add(connection);
        draft.tell(connection, new ConnectionStateChanged(CallState.ESTABLISHING, null, connection.operationContext()));
        for (Identifier target : command.targets()) {
            dial(command, target, draft);
        }
        return draft.accept(new Reply.CallCreated(connection.callConnectionId(), draft.serverCallId()));
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

    private static void dial(CreateCall command, Identifier target, CallDraft draft) {
        String participantId = draft.ids().newId();
        draft.add(Participant.ringing(participantId, target, null, draft.now()));
        // A dial that starts later than its ring timer would ring somebody who no longer is to be called.
        draft.order(new DialLeg(
                participantId,
                target,
                command.callerId(),
                command.ringTimeout(),
                null,
                draft.now().plus(command.ringTimeout())));
    }
}
