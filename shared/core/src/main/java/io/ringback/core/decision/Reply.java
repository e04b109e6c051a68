package io.ringback.core.decision;

import io.ringback.core.call.Operation;
import org.jspecify.annotations.Nullable;

/** What the caller of an accepted command is answered. */
public sealed interface Reply {
    record CallCreated(String callConnectionId, String serverCallId) implements Reply {}

    record OperationAccepted(
            String operationId,
            Operation.Status status,
            @Nullable String operationContext) implements Reply {}

    record RecordingStarted(String recordingId) implements Reply {}

    /** Nothing but that it was accepted. */
    record Done() implements Reply {}
}
