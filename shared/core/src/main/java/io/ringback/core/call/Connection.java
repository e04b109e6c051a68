package io.ringback.core.call;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application's attachment to a server call. Not a party: it has no leg and does not stand in the roster.
 *
 * @param state its own state: hang-up ends the attachment while the call may go on
 */
@RecordBuilder
public record Connection(
        String callConnectionId,
        Callback callback,
        Identifier source,
        List<Identifier> targets,
        @Nullable String alternateCallerId,
        @Nullable String subject,
        Set<RequestedEvent> requestedEvents,
        @Nullable String operationContext,
        CallState state,
        Instant startedAt,
        @Nullable Instant establishedAt,
        @Nullable Instant endedAt,
        @Nullable ResultInfo endReason)
        implements ConnectionBuilder.With {

    /** Events that are sent only when asked for. */
    public enum RequestedEvent {
        PARTICIPANTS_UPDATED,
        DTMF_RECEIVED
    }
}
