package io.ringback.core.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A running media operation. Ended ones leave the call item; the history keeps them.
 *
 * @param callConnectionId the connection that asked, or null for an out-of-call operation
 * @param callback where its result goes
 * @param participantId the only listener, or null for all
 */
public record Operation(
        String operationId,
        Kind kind,
        Status status,
        @Nullable String callConnectionId,
        Callback callback,
        @Nullable String operationContext,
        @Nullable String participantId,
        Instant startedAt) {

    /** What the operation does. */
    public enum Kind {
        PLAY,
        CANCEL
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
