package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call tells of its recording when the gateway's disk runs out of room. */
class FullDiskTest extends SceneTest {
    @BeforeEach
    void connect() {
        call.connect("p1");
    }

    @Test
    void aRecordingEndsWithWhatThereIsAndTheCallGoesOn() {
        call.order(call.record(Wanted.RECORDING));
        // One frame of sound comes between pause and resume.
        call.order(call.record(Wanted.PAUSED));
        call.order(call.record(Wanted.RECORDING));

        call.freeBytes.set(CallScene.MIN_FREE / 2 - 1);
        call.await(RecordingFile.class);

        assertThat(call.changes())
                .containsExactly(
                        RecordingChanged.Change.START,
                        RecordingChanged.Change.PAUSE,
                        RecordingChanged.Change.RESUME,
                        RecordingChanged.Change.STOP);
        RecordingFile file = (RecordingFile) call.last();
        assertThat(file.available()).isTrue();
        assertThat(file.durationMs()).isPositive();
        assertThat(call.stored.size(String.valueOf(file.contentKey()))).contains(file.sizeBytes());
        assertThat(call.eventsAfterConnect())
                .extracting(event -> event.getClass().getSimpleName())
                .doesNotContain("LegEnded");
    }

    @Test
    void aRecordingThatWasStoppedSoIsNotStoppedAgain() {
        call.order(call.record(Wanted.RECORDING));
        call.freeBytes.set(0);
        call.await(RecordingFile.class);

        call.order(call.record(Wanted.STOPPED));

        assertThat(call.changes()).containsExactly(RecordingChanged.Change.START, RecordingChanged.Change.STOP);
        assertThat(call.eventsAfterConnect())
                .filteredOn(RecordingFile.class::isInstance)
                .hasSize(1);
    }

    /** Else it would seem to go on, in silence. */
    @Test
    void aRecordingThatCannotBeWrittenEndsAndTheCallGoesOn() throws IOException {
        Files.createFile(folder.resolve("recordings").resolve("recording-1.0.raw"));
        call.order(new SetRecording("recording-1", Wanted.RECORDING, Channels.UNMIXED, Format.WAV, call.soon()));
        call.await(RecordingFile.class);

        assertThat(call.changes()).containsExactly(RecordingChanged.Change.START, RecordingChanged.Change.STOP);
        assertThat(call.eventsAfterConnect())
                .extracting(event -> event.getClass().getSimpleName())
                .containsOnlyOnce("RecordingFile")
                .doesNotContain("LegEnded");
    }

    @Test
    void noRecordingBeginsOnAFullDiskAndThatIsTold() {
        call.freeBytes.set(CallScene.MIN_FREE - 1);
        call.order(call.record(Wanted.RECORDING));

        RecordingFile file = (RecordingFile) call.last();
        assertThat(file.available()).isFalse();
        assertThat(file.message()).contains("disk is full");
        assertThat(call.changes()).isEmpty();
    }
}
