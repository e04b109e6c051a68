package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The recordings of a call. */
class CallRecordingsTest extends SceneTest {
    @Test
    void aRecordingIsStartedPausedResumedStoppedAndStoredOnce() throws IOException {
        call.connect("p1");
        call.order(call.record(Wanted.RECORDING));
        call.order(call.record(Wanted.PAUSED));
        call.order(call.record(Wanted.PAUSED));
        call.order(call.record(Wanted.RECORDING));
        call.order(call.record(Wanted.STOPPED));
        call.order(call.record(Wanted.STOPPED));
        call.await(RecordingFile.class);
        assertThat(call.changes())
                .containsExactly(
                        RecordingChanged.Change.START,
                        RecordingChanged.Change.PAUSE,
                        RecordingChanged.Change.RESUME,
                        RecordingChanged.Change.STOP);
        RecordingFile file = (RecordingFile) call.last();
        assertThat(file.available()).isTrue();
        assertThat(file.durationMs()).isEqualTo(20);
        assertThat(file.pauses()).hasSize(1);
        assertThat(call.stored.size(String.valueOf(file.contentKey()))).contains(file.sizeBytes());
        Awaitility.await().until(() -> isEmpty(folder.resolve("recordings")));
    }

    @Test
    void theEndOfTheLastLegStopsTheRecording() {
        call.connect("p1");
        call.order(call.record(Wanted.RECORDING));
        call.sip.leg("p1").listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        call.await(RecordingFile.class);
        assertThat(call.eventsAfterConnect())
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("RecordingChanged", "LegEnded", "RecordingChanged", "RecordingFile");
    }

    @Test
    void aRecordingWithNobodyThereHasNoFile() {
        call.dial("p1");
        call.order(call.record(Wanted.RECORDING));
        assertThat(((RecordingFile) call.last()).available()).isFalse();
    }

    @Test
    void anUnmixedMp3IsRefused() {
        call.connect("p1");
        call.order(new SetRecording("r-2", Wanted.RECORDING, Channels.UNMIXED, Format.MP3, call.soon()));
        assertThat(((RecordingFile) call.last()).available()).isFalse();
        assertThat(((RecordingFile) call.last()).message()).contains("WAV");
    }

    @Test
    void theMetadataSayWhoWasThere() {
        call.connect("p1");
        call.order(call.record(Wanted.RECORDING));
        call.order(call.record(Wanted.STOPPED));
        call.await(RecordingFile.class);
        String json = "recording-1.json";
        int size = Math.toIntExact(call.stored.size(json).orElseThrow());
        assertThat(new String(call.stored.read(json, 0, size), StandardCharsets.UTF_8))
                .contains("\"participantId\":\"p1\",\"identifier\":\"4:+12065550100\"");
    }

    @Test
    void theNextLifeTellsAStopThatWasNotTold() throws IOException {
        call.connect("p1");
        call.order(call.record(Wanted.RECORDING));
        assertThat(changesToldInTheNextLife())
                .containsExactly(RecordingChanged.Change.START, RecordingChanged.Change.STOP);
    }

    @Test
    void theNextLifeDoesNotTellAStopAgain() throws IOException {
        call.connect("p1");
        call.order(call.record(Wanted.RECORDING));
        RecordingChanged started = (RecordingChanged) call.last();
        RecordingChanged stop = new RecordingChanged(
                "recording-1", RecordingChanged.Change.STOP, started.startDateTime(), 20, List.of());
        call.journal.report(CallScene.CALL, CallScene.LIFE, started.startDateTime(), stop);
        assertThat(changesToldInTheNextLife())
                .containsExactly(RecordingChanged.Change.START, RecordingChanged.Change.STOP);
    }

    /** Ends this life in the middle of the recording; the next one tells of its file, once. */
    private List<RecordingChanged.Change> changesToldInTheNextLife() throws IOException {
        call.close();
        call = new CallScene(folder);
        call.journal.debts().forEach(call.calls::settle);
        call.await(RecordingFile.class);
        assertThat(call.events()).filteredOn(RecordingFile.class::isInstance).hasSize(1);
        assertThat(((RecordingFile) call.last()).available()).isTrue();
        return call.changes();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
