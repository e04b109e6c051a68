package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.command.CallCommand.JoinCall;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import java.util.List;
import java.util.Locale;

/** How an application is attached to a call that runs already (telephony §1). */
final class Joining {
    private Joining() {}

    static Decision join(CallDraft draft, JoinCall command) {
        if (draft.state() != CallState.ESTABLISHED) {
            return new Decision.Rejected(
                    ErrorCode.WRONG_STATE,
                    "cannot join: the call is " + draft.state().name().toLowerCase(Locale.ROOT)
                            + ", it has to be established",
                    "serverCallId");
        }
        if (draft.openConnections().size() >= Limits.CONNECTIONS) {
            return new Decision.Rejected(
                    ErrorCode.OPERATION_NOT_ALLOWED,
                    "at most " + Limits.CONNECTIONS + " applications are attached to a call at a time",
                    "serverCallId");
        }
        if (draft.wouldExceedStreams(command.callback())) {
            return Refusals.tooManyStreams("callbackUri");
        }
        Connection connection = new Connection(
                draft.ids().newChildId(draft.serverCallId()),
                command.callback(),
                command.source(),
                List.of(),
                null,
                command.subject(),
                command.requestedEvents(),
                command.operationContext(),
                CallState.ESTABLISHED,
                draft.now(),
                draft.now(),
                null,
                null);
        draft.add(connection);
        draft.tell(connection, new ConnectionStateChanged(CallState.ESTABLISHED, null, connection.operationContext()));
        return draft.accept(new Reply.Connected(connection.callConnectionId(), draft.serverCallId()));
    }
}
