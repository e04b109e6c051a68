package io.ringback.core.event;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.call.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an application is told about a call (native API §4). */
public sealed interface CallEvent {
    /** For how long, from the event on, its delivery is tried: an hour; the last word about something, a day. */
    default Duration deliverFor() {
        return Duration.ofHours(1);
    }

    record ConnectionStateChanged(
            CallState state,
            @Nullable ResultInfo resultInfo,
            @Nullable String operationContext) implements CallEvent {
        @Override
        public Duration deliverFor() {
            return state == CallState.TERMINATED ? Duration.ofDays(1) : CallEvent.super.deliverFor();
        }
    }

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

    record InviteParticipantResult(
            String participantId,
            Identifier identifier,
            @Nullable String operationContext,
            Operation.Status status,
            ResultInfo resultInfo)
            implements CallEvent {}

    record TransferResult(
            String operationId, @Nullable String operationContext, Operation.Status status, ResultInfo resultInfo)
            implements CallEvent {}

    record SendDtmfResult(
            String operationId, @Nullable String operationContext, Operation.Status status, ResultInfo resultInfo)
            implements CallEvent {}

    /**
     * A call came in; an announcement that is worthless once its ringing ended.
     *
     * @param subscriptionId in whose name the context lets an application decide
     */
    record IncomingCallOffered(
            String subscriptionId,
            Identifier from,
            Identifier to,
            @Nullable String callerDisplayName,
            Instant ringsUntil)
            implements CallEvent {
        @Override
        public Duration deliverFor() {
            return Duration.ofMinutes(1);
        }
    }

    /** An announcement to subscriptions, when the first INVITE is sent or received. */
    record CallStarted(Identifier startedBy, List<Identifier> to, Instant startedAt) implements CallEvent {}

    /**
     * An announcement to subscriptions.
     *
     * @param durationMs from the first INVITE to the end, in ms
     */
    record CallEnded(Identifier startedBy, long durationMs, ResultInfo resultInfo) implements CallEvent {
        @Override
        public Duration deliverFor() {
            return Duration.ofDays(1);
        }
    }

    /** An announcement to subscriptions: this party was connected. */
    record CallParticipantAdded(Participant participant) implements CallEvent {}

    /** An announcement to subscriptions: this party, once connected, is gone. */
    record CallParticipantRemoved(Participant participant, ResultInfo resultInfo) implements CallEvent {}

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
            implements CallEvent {
        @Override
        public Duration deliverFor() {
            return Duration.ofDays(1);
        }
    }
}
