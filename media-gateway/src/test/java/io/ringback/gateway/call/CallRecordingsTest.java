package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recordings of a call. */
class CallRecordingsTest {
    @TempDir
    Path folder;

    private CallScene call;

    @BeforeEach
    void open() throws IOException {
        call = new CallScene(folder);
    }

    @AfterEach
    void close() {
        call.close();
    }

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
        assertThat(call.eventsAfterConnect())
                .filteredOn(RecordingChanged.class::isInstance)
                .extracting(e -> ((RecordingChanged) e).change())
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

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
