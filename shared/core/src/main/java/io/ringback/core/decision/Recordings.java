package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.call.Recording.Status;
import io.ringback.core.command.CallCommand.StartRecording;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of recordings. The status follows at once; the events follow what the gateway did
 * ({@link RecordingReports}).
 */
final class Recordings {
    private Recordings() {}

    static Decision start(CallDraft draft, StartRecording command) {
        if (draft.state() != CallState.ESTABLISHED) {
            return new Decision.Rejected(
                    ErrorCode.WRONG_STATE,
                    "cannot start to record: the call is "
                            + draft.state().name().toLowerCase(Locale.ROOT) + ", it has to be established",
                    "serverCallId");
        }
        if (draft.participants().stream().noneMatch(Participant::isConnected)) {
            return new Decision.Rejected(
                    ErrorCode.WRONG_STATE, "recording starts when a participant is connected", "serverCallId");
        }
        if (command.channels() == Channels.UNMIXED) {
            if (command.format() == Format.MP3) {
                return Refusals.malformed("an unmixed recording is a WAV file", "recordingFormatType");
            }
            if (draft.liveLegs().size() + 1 > Limits.CHANNELS) {
                return Refusals.malformed(
                        "an unmixed recording has at most " + Limits.CHANNELS
                                + " channels, one for each participant and one for the application; "
                                + draft.liveLegs().size() + " participants are there",
                        "recordingChannelType");
            }
        }
        if (draft.recordings().stream().anyMatch(r -> r.status().isActive())) {
            return new Decision.Rejected(
                    ErrorCode.RECORDING_ALREADY_RUNS,
                    "the call is being recorded already; stop that recording first",
                    "serverCallId");
        }
        if (draft.recordings().size() >= Limits.RECORDINGS) {
            return new Decision.Rejected(
                    ErrorCode.OPERATION_NOT_ALLOWED,
                    "a call has at most " + Limits.RECORDINGS + " recordings",
                    "serverCallId");
        }
        if (draft.wouldExceedStreams(command.callback())) {
            return Refusals.tooManyStreams("recordingStateCallbackUri");
        }
        Recording recording = new Recording(
                draft.ids().newChildId(draft.serverCallId()),
                command.callback(),
                command.channels(),
                command.format(),
                Status.RECORDING,
                draft.now(),
                null,
                0,
                List.of(),
                null,
                0,
                null);
        draft.add(recording);
        want(draft, recording, Wanted.RECORDING);
        return draft.accept(new Reply.RecordingStarted(recording.recordingId()));
    }

    static Decision pause(CallDraft draft, Recording recording) {
        if (recording.status() == Status.RECORDING && recording.pauses().size() >= Limits.PAUSES) {
            return new Decision.Rejected(
                    ErrorCode.OPERATION_NOT_ALLOWED,
                    "a recording has at most " + Limits.PAUSES + " pauses; stop it and start another",
                    "recordingId");
        }
        return change(draft, recording, Status.PAUSED, Wanted.PAUSED);
    }

    static Decision resume(CallDraft draft, Recording recording) {
        return change(draft, recording, Status.RECORDING, Wanted.RECORDING);
    }

    /** Stopping what no longer records holds already: a success without effect. */
    static Decision stop(CallDraft draft, Recording recording) {
        if (recording.status().isActive()) {
            draft.replace(recording.withStatus(Status.STOPPED));
            want(draft, recording, Wanted.STOPPED);
        }
        return draft.accept(new Reply.Done());
    }

    /** Only what was announced can be deleted; what has no content holds already. */
    static Decision deleteContent(CallDraft draft, Recording recording) {
        if (!recording.status().isFinal()) {
            return new Decision.Rejected(
                    ErrorCode.WRONG_STATE,
                    "the recording has no content yet; it can be deleted once RecordingFileStatusUpdated has come",
                    "recordingId");
        }
        if (recording.contentKey() != null) {
            draft.replace(recording.withContentKey(null));
        }
        return draft.accept(new Reply.Done());
    }

    private static Decision change(CallDraft draft, Recording recording, Status status, Wanted wanted) {
        if (!recording.status().isActive() || !draft.state().isOpen()) {
            return new Decision.Rejected(
                    ErrorCode.RECORDING_IS_STOPPED,
                    "the recording is stopped; it can no longer be paused or resumed",
                    "recordingId");
        }
        if (recording.status() != status) {
            draft.replace(recording.withStatus(status));
            want(draft, recording, wanted);
        }
        return draft.accept(new Reply.Done());
    }

    /** Orders again what is wanted of a recording, if it still is. */
    static void insist(CallDraft draft, SetRecording dropped) {
        draft.recording(dropped.recordingId())
                .filter(recording -> dropped.wanted() == wanted(recording))
                .ifPresent(recording -> want(draft, recording, dropped.wanted()));
    }

    /** Ends a recording that was told as failed and has begun all the same: of its order only the answer was lost. */
    static void stopGhost(CallDraft draft, Recording recording) {
        want(draft, recording, Wanted.STOPPED);
    }

    private static @Nullable Wanted wanted(Recording recording) {
        return switch (recording.status()) {
            case RECORDING -> Wanted.RECORDING;
            case PAUSED -> Wanted.PAUSED;
            case STOPPED, FAILED -> Wanted.STOPPED;
            case RECOVERING, AVAILABLE -> null;
        };
    }

    private static void want(CallDraft draft, Recording recording, Wanted wanted) {
        draft.order(new SetRecording(
                recording.recordingId(), wanted, recording.channels(), recording.format(), draft.orderDeadline()));
    }
}
