package io.ringback.gateway.call;

import io.ringback.core.call.Recording;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.gateway.recording.ActiveRecording;
import io.ringback.gateway.recording.ActiveRecording.Position;
import io.ringback.gateway.recording.RecordingRoom;
import io.ringback.media.record.Recorder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The recordings of one call (telephony §9). A change takes effect between two mixing cycles and is told with the
 * position at which it did.
 */
final class CallRecordings {
    private final CallContext call;
    private final RecordingRoom room;
    private final Supplier<CallSound> sound;
    private final Map<String, ActiveRecording> active = new LinkedHashMap<>();
    private final Set<String> unfinished = new LinkedHashSet<>();
    private final Remembered ordered = new Remembered();
    private final Map<String, String> identifiers = new LinkedHashMap<>();

    CallRecordings(CallContext call, RecordingRoom room, Supplier<CallSound> sound) {
        this.call = call;
        this.room = room;
        this.sound = sound;
    }

    /** Brings a recording into the wanted state. {@code somebodyThere}: a leg is connected. */
    void set(SetRecording order, boolean somebodyThere) {
        ActiveRecording recording = active.get(order.recordingId());
        if (recording != null) {
            change(recording, order.wanted());
        } else if (ordered.add(order.recordingId())) {
            if (order.wanted() == Wanted.STOPPED) {
                refuse(order, "it was stopped before it began");
            } else if (!somebodyThere) {
                refuse(order, "nobody was connected any more");
            } else if (call.clock().instant().isAfter(order.notAfter())) {
                refuse(order, "the order to record came too late");
            } else {
                begin(order);
            }
        }
    }

    /** Who a participant is, for the metadata of this call's recordings. */
    void identify(String participantId, String rawId) {
        identifiers.put(participantId, rawId);
        active.values().forEach(recording -> recording.identify(participantId, rawId));
    }

    /** Stops what still records: the call is over. */
    void stopAll() {
        List.copyOf(active.values()).forEach(this::stop);
    }

    /** True when nothing records and every file is told of. */
    boolean isIdle() {
        return unfinished.isEmpty();
    }

    List<CallSnapshot.Item> snapshot() {
        return active.values().stream()
                .map(recording ->
                        new CallSnapshot.Item(recording.recordingId(), recording.isPaused() ? "paused" : "recording"))
                .toList();
    }

    private void begin(SetRecording order) {
        if (order.channels() == Recording.Channels.UNMIXED && order.format() == Recording.Format.MP3) {
            refuse(order, "an unmixed recording is a WAV file");
            return;
        }
        try {
            ActiveRecording recording = room.begin(
                    call.serverCallId(), call.gateway(), order, call.clock().instant());
            identifiers.forEach(recording::identify);
            active.put(order.recordingId(), recording);
            room.whenFull(recording, () -> call.executor().execute(() -> stopIfActive(recording)));
            unfinished.add(order.recordingId());
            sound.get().record(recording.recorder());
            call.report(recording.started());
            change(recording, order.wanted());
        } catch (IOException e) {
            refuse(order, "the recording could not be begun: " + e.getMessage());
        }
    }

    private void change(ActiveRecording recording, Wanted wanted) {
        switch (wanted) {
            case PAUSED -> pause(recording);
            case RECORDING -> resume(recording);
            case STOPPED -> stop(recording);
        }
    }

    private void pause(ActiveRecording recording) {
        sound.get().betweenCycles(() -> {
            Recorder recorder = recording.recorder();
            if (!recorder.isPaused()) {
                recorder.pause();
                tell(recording, position -> recording.paused(call.clock().instant(), position));
            }
        });
    }

    private void resume(ActiveRecording recording) {
        sound.get().betweenCycles(() -> {
            Recorder recorder = recording.recorder();
            if (recorder.isPaused()) {
                recorder.resume();
                tell(recording, position -> recording.resumed(call.clock().instant(), position));
            }
        });
    }

    private void stopIfActive(ActiveRecording recording) {
        if (active.containsValue(recording)) {
            stop(recording);
        }
    }

    private void stop(ActiveRecording recording) {
        active.remove(recording.recordingId());
        sound.get().stopRecording(recording.recorder());
        sound.get()
                .betweenCycles(() -> onCall(recording, position -> {
                    call.report(recording.stopped(call.clock().instant(), position));
                    room.finish(recording, file -> call.executor().execute(() -> finished(file)));
                }));
    }

    private void finished(RecordingFile file) {
        call.report(file);
        if (file.available()) {
            room.discard(file.recordingId());
        }
        unfinished.remove(file.recordingId());
    }

    private void tell(ActiveRecording recording, Function<Position, RecordingChanged> change) {
        onCall(recording, position -> call.report(change.apply(position)));
    }

    /** From the pacer's thread back to the call's, with the position of this moment. */
    private void onCall(ActiveRecording recording, Consumer<Position> then) {
        Position position = recording.position();
        call.executor().execute(() -> then.accept(position));
    }

    private void refuse(SetRecording order, String message) {
        call.report(new RecordingFile(order.recordingId(), false, null, 0, 0, 0, List.of(), message));
    }
}
