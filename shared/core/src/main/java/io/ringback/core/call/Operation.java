package io.ringback.core.call;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A running media operation. Ended ones leave the call item; the history keeps them.
 *
 * @param callConnectionId the connection that asked, or null for an out-of-call operation
 * @param callback where its result goes
 * @param participantId the only listener of a play, null for all; who is sent tones; who is transferred
 * @param transferTarget the participant that a transfer dials; null for every other kind
 */
@RecordBuilder
public record Operation(
        String operationId,
        Kind kind,
        Status status,
        @Nullable String callConnectionId,
        Callback callback,
        @Nullable String operationContext,
        @Nullable String participantId,
        @Nullable String transferTarget,
        Instant startedAt)
        implements OperationBuilder.With {

    /** What the operation does. */
    public enum Kind {
        PLAY,
        CANCEL,
        SEND_DTMF,
        TRANSFER
    }

    /** As the API tells it (native API §3, OperationResult). */
    public enum Status {
        NOT_STARTED("notStarted"),
        RUNNING("running"),
        COMPLETED("completed"),
        FAILED("failed");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
