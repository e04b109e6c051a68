package io.ringback.wire.callingserver;

import io.ringback.core.call.Operation;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Recording;
import io.ringback.core.decision.Effect;
import io.ringback.core.event.CallEvent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code data} of each event (native API §4). Members that have no value are left out. Not sealed, because values
 * of sealed interfaces are written with a member that names their record.
 */
interface EventData {
    record StateChanged(
            String serverCallId,
            @Nullable String callConnectionId,
            String callConnectionState,
            @Nullable ResultInfoJson resultInfo,
            @Nullable String operationContext)
            implements EventData {}

    record Dtmf(@Nullable String callConnectionId, String participantId, ToneInfo toneInfo) implements EventData {}

    record ToneInfo(long sequenceId, String tone) {}

    record OperationEnded(
            String operationId,
            @Nullable String operationContext,
            String status,
            ResultInfoJson resultInfo,
            @Nullable List<String> canceledOperationIds)
            implements EventData {}

    record Roster(@Nullable String callConnectionId, List<ParticipantJson> participants) implements EventData {}

    record Invited(
            String participantId,
            IdentifierJson identifier,
            @Nullable String operationContext,
            String status,
            ResultInfoJson resultInfo)
            implements EventData {}

    record RecordingState(
            String recordingId,
            String serverCallId,
            String state,
            String operation,
            @Nullable Instant startDateTime,
            ResultInfoJson resultInfo)
            implements EventData {}

    record RecordingFile(
            String recordingId,
            String serverCallId,
            String status,
            @Nullable URI contentUri,
            long durationMs,
            long sizeBytes,
            int channels,
            List<Pause> pauses,
            ResultInfoJson resultInfo)
            implements EventData {}

    /** The data of this effect's event. */
    static EventData of(String serverCallId, Effect.Notify notify, RecordingUrls urls, IncomingCallContexts contexts) {
        String connection = notify.callConnectionId();
        CallEvent event = notify.event();
        if (event instanceof CallEvent.ConnectionStateChanged e) {
            return new StateChanged(
                    serverCallId,
                    connection,
                    WireNames.of(e.state()),
                    ResultInfoJson.ofNullable(e.resultInfo()),
                    e.operationContext());
        }
        if (event instanceof CallEvent.DtmfReceived e) {
            return new Dtmf(connection, e.participantId(), new ToneInfo(e.sequenceId(), WireNames.of(e.tone())));
        }
        if (event instanceof CallEvent.PlayResult e) {
            return ended(e.operationId(), e.operationContext(), e.status(), ResultInfoJson.of(e.resultInfo()), null);
        }
        if (event instanceof CallEvent.CancelMediaResult e) {
            return ended(
                    e.operationId(),
                    e.operationContext(),
                    e.status(),
                    ResultInfoJson.of(e.resultInfo()),
                    e.canceledOperationIds());
        }
        if (event instanceof CallEvent.SendDtmfResult e) {
            return ended(e.operationId(), e.operationContext(), e.status(), ResultInfoJson.of(e.resultInfo()), null);
        }
        if (event instanceof CallEvent.TransferResult e) {
            return ended(e.operationId(), e.operationContext(), e.status(), ResultInfoJson.of(e.resultInfo()), null);
        }
        if (event instanceof CallEvent.InviteParticipantResult e) {
            return new Invited(
                    e.participantId(),
                    IdentifierJson.of(e.identifier()),
                    e.operationContext(),
                    e.status().wireName(),
                    ResultInfoJson.of(e.resultInfo()));
        }
        if (event instanceof CallEvent.ParticipantsUpdated e) {
            return new Roster(
                    connection,
                    e.participants().stream().map(ParticipantJson::of).toList());
        }
        if (event instanceof CallEvent.RecordingStateChanged e) {
            return new RecordingState(
                    e.recordingId(),
                    serverCallId,
                    e.active() ? "active" : "inactive",
                    WireNames.of(e.change()),
                    e.startDateTime(),
                    ResultInfoJson.of(e.resultInfo()));
        }
        if (event instanceof CallEvent.RecordingFileStatusUpdated e) {
            return new RecordingFile(
                    e.recordingId(),
                    serverCallId,
                    WireNames.of(e.status()),
                    e.status() == Recording.Status.AVAILABLE ? urls.content(e.recordingId()) : null,
                    e.durationMs(),
                    e.sizeBytes(),
                    e.channels(),
                    e.pauses(),
                    ResultInfoJson.of(e.resultInfo()));
        }
        return AnnouncementData.of(serverCallId, event, contexts)
                .orElseThrow(() -> new IllegalArgumentException("this dialect has no event for " + event.getClass()));
    }

    /** What this effect's event is about. */
    static String source(String serverCallId, Effect.Notify notify) {
        String connection = notify.callConnectionId();
        return connection == null ? "calling/serverCalls/" + serverCallId : "calling/callConnections/" + connection;
    }

    /** Its number in its stream, padded, because CloudEvents' sequence extension compares texts. */
    static String sequence(Effect.Notify notify) {
        String digits = Long.toString(notify.sequence());
        return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
    }

    private static OperationEnded ended(
            String operationId,
            @Nullable String operationContext,
            Operation.Status status,
            ResultInfoJson resultInfo,
            @Nullable List<String> canceled) {
        return new OperationEnded(operationId, operationContext, status.wireName(), resultInfo, canceled);
    }
}
