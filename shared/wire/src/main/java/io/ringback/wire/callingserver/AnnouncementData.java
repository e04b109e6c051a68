package io.ringback.wire.callingserver;

import io.ringback.core.call.Identifier;
import io.ringback.core.event.CallEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code data} of what event subscriptions are told (native API §4, last two rows). */
interface AnnouncementData extends EventData {
    record IncomingCall(
            IdentifierJson from,
            IdentifierJson to,
            @Nullable String callerDisplayName,
            String serverCallId,
            String incomingCallContext)
            implements AnnouncementData {}

    record CallStarted(String serverCallId, IdentifierJson startedBy, List<IdentifierJson> to, Instant startedAt)
            implements AnnouncementData {}

    record CallEnded(String serverCallId, IdentifierJson startedBy, long durationMs, ResultInfoJson resultInfo)
            implements AnnouncementData {}

    record ParticipantAdded(String serverCallId, ParticipantJson participant) implements AnnouncementData {}

    record ParticipantRemoved(String serverCallId, ParticipantJson participant, ResultInfoJson resultInfo)
            implements AnnouncementData {}

    /** The data of this event, if it is an announcement. */
    static Optional<EventData> of(String serverCallId, CallEvent event, IncomingCallContexts contexts) {
        if (event instanceof CallEvent.IncomingCallOffered e) {
            return Optional.of(new IncomingCall(
                    IdentifierJson.of(e.from()),
                    IdentifierJson.of(e.to()),
                    e.callerDisplayName(),
                    serverCallId,
                    contexts.context(serverCallId, e.subscriptionId(), e.ringsUntil())));
        }
        if (event instanceof CallEvent.CallStarted e) {
            return Optional.of(new CallStarted(
                    serverCallId, IdentifierJson.of(e.startedBy()), identifiers(e.to()), e.startedAt()));
        }
        if (event instanceof CallEvent.CallEnded e) {
            return Optional.of(new CallEnded(
                    serverCallId, IdentifierJson.of(e.startedBy()), e.durationMs(), ResultInfoJson.of(e.resultInfo())));
        }
        if (event instanceof CallEvent.CallParticipantAdded e) {
            return Optional.of(new ParticipantAdded(serverCallId, ParticipantJson.of(e.participant())));
        }
        if (event instanceof CallEvent.CallParticipantRemoved e) {
            return Optional.of(new ParticipantRemoved(
                    serverCallId, ParticipantJson.of(e.participant()), ResultInfoJson.of(e.resultInfo())));
        }
        return Optional.empty();
    }

    private static List<IdentifierJson> identifiers(List<Identifier> identifiers) {
        return identifiers.stream().map(IdentifierJson::of).toList();
    }
}
