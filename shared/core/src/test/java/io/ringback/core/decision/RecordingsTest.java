package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Recording.Status;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.command.CallCommand.PauseRecording;
import io.ringback.core.command.CallCommand.ResumeRecording;
import io.ringback.core.command.CallCommand.StopRecording;
import io.ringback.core.event.CallEvent.RecordingFileStatusUpdated;
import io.ringback.core.event.CallEvent.RecordingStateChanged;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import io.ringback.core.media.MediaEvent.RecordingFile;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingsTest {
    private final Scene scene = Scene.established(1, 1);

    @Test
    void pauseResumeStopAreOrderedOnceEachAndRepeatable() {
        String id = start();
        scene.wants(new PauseRecording(id));
        scene.wants(new PauseRecording(id));
        assertThat(status(id)).isEqualTo(Status.PAUSED);
        scene.wants(new ResumeRecording(id));
        scene.wants(new ResumeRecording(id));
        assertThat(status(id)).isEqualTo(Status.RECORDING);
        scene.wants(new StopRecording(id));
        scene.wants(new StopRecording(id));
        assertThat(scene.ordered(SetRecording.class))
                .extracting(SetRecording::wanted)
                .containsExactly(Wanted.RECORDING, Wanted.PAUSED, Wanted.RECORDING, Wanted.STOPPED);
    }

    @Test
    void aRecordingHasABoundedNumberOfPauses() {
        String id = start();
        List<Pause> pauses = Collections.nCopies(Limits.PAUSES - 1, new Pause(scene.now(), scene.now()));
        scene.happens(new RecordingChanged(id, Change.RESUME, scene.now(), 0, pauses));
        scene.wants(new PauseRecording(id));
        scene.wants(new ResumeRecording(id));

        pauses = Collections.nCopies(Limits.PAUSES, new Pause(scene.now(), scene.now()));
        scene.happens(new RecordingChanged(id, Change.RESUME, scene.now(), 0, pauses));
        assertThat(rejected(new PauseRecording(id))).isEqualTo(ErrorCode.OPERATION_NOT_ALLOWED);
        scene.wants(new StopRecording(id));
    }

    @Test
    void eventsFollowTheGateway() {
        String id = start();
        assertThat(scene.told(RecordingStateChanged.class)).isEmpty();
        scene.happens(new RecordingChanged(id, Change.START, scene.now(), 0, List.of()));
        scene.happens(new RecordingChanged(id, Change.STOP, scene.now(), 1200, List.of()));
        scene.happens(new RecordingFile(id, true, "key.wav", 1200, 19244, 1, List.of(), "stored"));
        scene.happens(new RecordingFile(id, true, "key.wav", 1200, 19244, 1, List.of(), "stored"));
        assertThat(scene.told(RecordingStateChanged.class))
                .extracting(RecordingStateChanged::active)
                .containsExactly(true, false);
        assertThat(scene.told(RecordingFileStatusUpdated.class)).singleElement().satisfies(file -> {
            assertThat(file.status()).isEqualTo(Status.AVAILABLE);
            assertThat(file.durationMs()).isEqualTo(1200);
        });
        assertThat(scene.told().stream().map(e -> e.callback()).toList()).contains(Samples.RECORDINGS);
    }

    @Test
    void oneAtATime() {
        start();
        assertThat(rejected(record())).isEqualTo(ErrorCode.RECORDING_ALREADY_RUNS);
    }

    @Test
    void aStoppedOneCannotBePaused() {
        String id = start();
        scene.wants(new StopRecording(id));
        assertThat(rejected(new PauseRecording(id))).isEqualTo(ErrorCode.RECORDING_IS_STOPPED);
        assertThat(rejected(new ResumeRecording(id))).isEqualTo(ErrorCode.RECORDING_IS_STOPPED);
    }

    @Test
    void notBeforeSomebodyIsConnected() {
        Scene ringing = Scene.established(1, 0);
        assertThat(ringing.wants(record()))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.WRONG_STATE));
    }

    @Test
    void aRecordingOfALostGatewayRecoversAndIsAnnouncedOnce() {
        String id = start();
        scene.happens(new RecordingChanged(id, Change.START, scene.now(), 0, List.of()));
        scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
        assertThat(status(id)).isEqualTo(Status.RECOVERING);
        assertThat(scene.call().isSettled()).isFalse();
        scene.happens(new RecordingChanged(id, Change.STOP, scene.now(), 900, List.of()));
        scene.happens(new RecordingFile(id, true, "key.wav", 900, 14444, 1, List.of(), "recovered"));
        scene.wants(new CallCommand.GiveUpRecovery(Samples.GATEWAY, true));
        assertThat(scene.told(RecordingStateChanged.class))
                .extracting(RecordingStateChanged::change)
                .containsExactly(RecordingStateChanged.Change.START, RecordingStateChanged.Change.STOP);
        assertThat(scene.told(RecordingFileStatusUpdated.class)).hasSize(1);
        assertThat(scene.call().isSettled()).isTrue();
    }

    @Test
    void whatDoesNotComeBackHasFailed() {
        String id = start();
        scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
        scene.wants(new CallCommand.GiveUpRecovery(Samples.GATEWAY, true));
        assertThat(status(id)).isEqualTo(Status.FAILED);
        assertThat(scene.told(RecordingFileStatusUpdated.class))
                .singleElement()
                .satisfies(file -> assertThat(file.status()).isEqualTo(Status.FAILED));
    }

    @Test
    void whatNeverBeganCanBeGivenUpAlone() {
        String id = start();
        scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
        scene.wants(new CallCommand.GiveUpRecovery(Samples.GATEWAY, false));
        assertThat(status(id)).isEqualTo(Status.FAILED);
    }

    @Test
    void whatHadBegunIsNotGivenUpWithWhatNeverBegan() {
        String id = start();
        scene.happens(new RecordingChanged(id, Change.START, scene.now(), 0, List.of()));
        scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
        scene.wants(new CallCommand.GiveUpRecovery(Samples.GATEWAY, false));
        assertThat(status(id)).isEqualTo(Status.RECOVERING);
    }

    @Test
    void theEndOfTheCallLeavesItsRecordingToTheGateway() {
        String id = start();
        scene.happens(new RecordingChanged(id, Change.START, scene.now(), 0, List.of()));
        scene.happens(new LegEnded(scene.leg(0), EndReason.HUNG_UP_BY_PARTICIPANT, null, "", null));
        scene.happens(new RecordingChanged(id, Change.STOP, scene.now(), 500, List.of()));
        scene.happens(new RecordingFile(id, true, "key.wav", 500, 8044, 1, List.of(), "stored"));
        assertThat(status(id)).isEqualTo(Status.AVAILABLE);
        assertThat(rejected(new PauseRecording(id))).isEqualTo(ErrorCode.RECORDING_IS_STOPPED);
    }

    @Test
    void contentIsDeletedOnceItWasAnnounced() {
        String id = start();
        CallCommand delete = new CallCommand.DeleteRecordingContent(id);
        assertThat(rejected(delete)).isEqualTo(ErrorCode.WRONG_STATE);
        scene.wants(new StopRecording(id));
        assertThat(rejected(delete)).isEqualTo(ErrorCode.WRONG_STATE);
        scene.happens(new RecordingFile(id, true, "key.wav", 500, 8044, 1, List.of(), "stored"));
        int effects = scene.effects().size();
        scene.wants(delete);
        scene.wants(delete);
        assertThat(scene.call().recording(id).orElseThrow()).satisfies(deleted -> {
            assertThat(deleted.contentKey()).isNull();
            assertThat(deleted.sizeBytes()).isEqualTo(8044);
            assertThat(deleted.status()).isEqualTo(Status.AVAILABLE);
        });
        assertThat(scene.effects()).as("nobody is told").hasSize(effects);
    }

    @Test
    void aRecordingThatFailedHasNothingToDelete() {
        String id = start();
        scene.happens(new RecordingFile(id, false, null, 0, 0, 0, List.of(), "the disk was full"));
        ServerCall before = scene.call();
        scene.wants(new CallCommand.DeleteRecordingContent(id));
        assertThat(scene.call()).isEqualTo(before);
    }

    @Test
    void anUnmixedOneIsAWavFile() {
        Decision.Rejected rejected = scene.rejected(
                new CallCommand.StartRecording(Samples.RECORDINGS, Recording.Channels.UNMIXED, Recording.Format.MP3));
        assertThat(rejected.code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(rejected.target()).isEqualTo("recordingFormatType");
        scene.accepted(
                new CallCommand.StartRecording(Samples.RECORDINGS, Recording.Channels.MIXED, Recording.Format.MP3));
    }

    @Test
    void anUnmixedOneHas32ChannelsAtMost() {
        CallCommand unmixed =
                new CallCommand.StartRecording(Samples.RECORDINGS, Recording.Channels.UNMIXED, Recording.Format.WAV);
        Decision.Rejected rejected = Scene.established(32, 1).rejected(unmixed);
        assertThat(rejected.code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(rejected.target()).isEqualTo("recordingChannelType");
        Scene.established(31, 1).accepted(unmixed);
    }

    private String start() {
        Decision decision = scene.wants(record());
        return ((Reply.RecordingStarted) ((Decision.Accepted) decision).reply()).recordingId();
    }

    private static CallCommand.StartRecording record() {
        return new CallCommand.StartRecording(Samples.RECORDINGS, Recording.Channels.MIXED, Recording.Format.WAV);
    }

    private Status status(String id) {
        return scene.call().recording(id).orElseThrow().status();
    }

    private ErrorCode rejected(CallCommand command) {
        return ((Decision.Rejected) scene.wants(command)).code();
    }
}
