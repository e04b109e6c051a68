package io.ringback.core.event;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.call.Tone;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an application is told about a call (native API §4). */
public sealed interface CallEvent {
    record ConnectionStateChanged(
            CallState state,
            @Nullable ResultInfo resultInfo,
            @Nullable String operationContext) implements CallEvent {}

    /** @param sequenceId counts the participant's presses from 1 */
    record DtmfReceived(String participantId, long sequenceId, Tone tone) implements CallEvent {}

    record PlayResult(
            String operationId, @Nullable String operationContext, Operation.Status status, ResultInfo resultInfo)
            implements CallEvent {}

    record CancelMediaResult(
            String operationId,
            @Nullable String operationContext,
            Operation.Status status,
            ResultInfo resultInfo,
            List<String> canceledOperationIds)
            implements CallEvent {}

    record ParticipantsUpdated(List<Participant> participants) implements CallEvent {}

    /** @param change start, pause, resume or stop */
    record RecordingStateChanged(
            String recordingId,
            boolean active,
            Change change,
            @Nullable Instant startDateTime,
            ResultInfo resultInfo) implements CallEvent {

        /** What changed. */
        public enum Change {
            START,
            PAUSE,
            RESUME,
            STOP
        }
    }

    record RecordingFileStatusUpdated(
            String recordingId,
            Recording.Status status,
            long durationMs,
            long sizeBytes,
            int channels,
            List<Pause> pauses,
            ResultInfo resultInfo)
            implements CallEvent {}
}
