package io.ringback.core.decision;

import io.ringback.core.call.Identifier;
import io.ringback.core.call.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the caller of an accepted command is answered. */
public sealed interface Reply {
    record CallCreated(String callConnectionId, String serverCallId) implements Reply {}

    record OperationAccepted(
            String operationId,
            Operation.Status status,
            @Nullable String operationContext) implements Reply {}

    record RecordingStarted(String recordingId) implements Reply {}

    /** A connection to a call that was there: by answering or by joining. */
    record Connected(String callConnectionId, String serverCallId) implements Reply {}

    /** In the order in which they were asked for. */
    record ParticipantsInvited(
            List<Invited> participants, @Nullable String operationContext) implements Reply {
        /** One invited party. */
        public record Invited(String participantId, Identifier identifier) {}
    }

    /** Nothing but that it was accepted. */
    record Done() implements Reply {}
}
