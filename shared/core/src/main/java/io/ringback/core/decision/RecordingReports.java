package io.ringback.core.decision;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Recording.Status;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.event.CallEvent.RecordingFileStatusUpdated;
import io.ringback.core.event.CallEvent.RecordingStateChanged;
import io.ringback.core.event.CallEvent.RecordingStateChanged.Change;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What became of recordings, and the events about it. Each recording is announced as available or failed exactly once.
 */
final class RecordingReports {
    private RecordingReports() {}

    static void changed(CallDraft draft, RecordingChanged event) {
        Recording recording = draft.recording(event.recordingId()).orElse(null);
        if (recording == null || recording.status() == Status.RECOVERING) {
            return;
        }
        if (recording.status().isFinal()) {
            if (recording.status() == Status.FAILED && event.change() == RecordingChanged.Change.START) {
                Recordings.stopGhost(draft, recording);
            }
            return;
        }
        Change change = switch (event.change()) {
            case START -> Change.START;
            case PAUSE -> Change.PAUSE;
            case RESUME -> Change.RESUME;
            case STOP -> Change.STOP;
        };
        Recording changed = recording
                .with()
                .status(change == Change.STOP ? Status.STOPPED : recording.status())
                .startDateTime(event.startDateTime())
                .durationMs(event.durationMs())
                .pauses(event.pauses())
                .build();
        draft.replace(changed);
        tellChange(draft, changed, change, ResultInfo.of(EndReason.COMPLETED, "recording " + verb(change)));
    }

    static void file(CallDraft draft, RecordingFile event) {
        draft.recording(event.recordingId()).ifPresent(recording -> {
            if (recording.status().isFinal()) {
                keepForDeletion(draft, recording, event);
                return;
            }
            ResultInfo info = event.available()
                    ? ResultInfo.of(EndReason.COMPLETED, event.message())
                    : ResultInfo.of(EndReason.FAILED, event.message());
            announce(
                    draft,
                    recording
                            .with()
                            .status(event.available() ? Status.AVAILABLE : Status.FAILED)
                            .durationMs(event.durationMs())
                            .pauses(event.pauses())
                            .contentKey(event.contentKey())
                            .sizeBytes(event.sizeBytes())
                            .fileResult(info)
                            .build(),
                    event.channels(),
                    info);
        });
    }

    /** A recording that was given up and has a file all the same: whoever may not have it can at least delete it. */
    private static void keepForDeletion(CallDraft draft, Recording recording, RecordingFile event) {
        if (recording.status() == Status.FAILED && event.contentKey() != null) {
            draft.replace(recording.withContentKey(event.contentKey()));
        }
    }

    /** The gateway is gone: what was recorded lies on its disk and may come back. */
    static void recover(CallDraft draft, ResultInfo reason) {
        for (Recording recording : draft.recordings()) {
            if (recording.status().isFinal() || recording.status() == Status.RECOVERING) {
                continue;
            }
            Recording recovering = recording.withStatus(Status.RECOVERING);
            draft.replace(recovering);
            if (recording.startDateTime() != null && recording.status().isActive()) {
                tellChange(draft, recovering, Change.STOP, reason);
            }
        }
    }

    /** Nothing will come back any more. */
    static void giveUp(CallDraft draft, Recording recording, ResultInfo reason) {
        announce(
                draft, recording.with().status(Status.FAILED).fileResult(reason).build(), 0, reason);
    }

    /** The wanted state that the gateway never got: a recording that never started has failed. */
    static void dropped(CallDraft draft, SetRecording command, ResultInfo reason) {
        if (command.wanted() != Wanted.RECORDING) {
            return;
        }
        @Nullable Recording recording = draft.recording(command.recordingId()).orElse(null);
        if (recording != null
                && recording.startDateTime() == null
                && !recording.status().isFinal()) {
            giveUp(draft, recording, reason);
        }
    }

    private static void tellChange(CallDraft draft, Recording recording, Change change, ResultInfo info) {
        boolean active = change == Change.START || change == Change.RESUME;
        draft.tell(
                recording.callback(),
                null,
                new RecordingStateChanged(recording.recordingId(), active, change, recording.startDateTime(), info));
    }

    private static void announce(CallDraft draft, Recording recording, int channels, ResultInfo info) {
        draft.replace(recording);
        draft.tell(
                recording.callback(),
                null,
                new RecordingFileStatusUpdated(
                        recording.recordingId(),
                        recording.status(),
                        recording.durationMs(),
                        recording.sizeBytes(),
                        channels,
                        recording.pauses(),
                        info));
    }

    private static String verb(Change change) {
        return switch (change) {
            case START -> "started";
            case PAUSE -> "paused";
            case RESUME -> "resumed";
            case STOP -> "stopped";
        };
    }
}
