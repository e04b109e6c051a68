package io.ringback.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.media.wav.WavReader;
import io.ringback.media.wav.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MixedRecorderTest {
    private final Path path;
    private final WavWriter file;
    private final MixedRecorder recorder = new MixedRecorder(AudioFormat.NARROWBAND, 10);
    private int value;

    MixedRecorderTest(@TempDir Path folder) throws IOException {
        path = folder.resolve("mixed.wav");
        file = WavWriter.create(path, AudioFormat.NARROWBAND, 1);
    }

    /** Records cycles whose samples all are their number, from 1 on. */
    private void frames(int count) {
        short[] frame = new short[160];
        for (int i = 0; i < count; i++) {
            Arrays.fill(frame, (short) ++value);
            recorder.frame(frame);
        }
    }

    /** The value of each recorded cycle. */
    private int[] recorded() throws IOException {
        recorder.finish(file);
        file.close();
        short[] samples = WavReader.read(Files.readAllBytes(path)).samples();
        int[] cycles = new int[samples.length / 160];
        for (int i = 0; i < cycles.length; i++) {
            cycles[i] = samples[i * 160];
            assertThat(Arrays.copyOfRange(samples, i * 160, i * 160 + 160)).containsOnly(cycles[i]);
        }
        return cycles;
    }

    @Test
    void everyCycleOnceAndInOrder() throws IOException {
        frames(7);
        recorder.drain(file);
        frames(8);
        assertThat(recorded()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    @Test
    void aPauseIsLeftOutAndNoted() throws IOException {
        frames(3);
        recorder.pause();
        recorder.pause();
        frames(4);
        assertThat(recorder.pauses()).containsExactly(new RecordedPause(3, -1, 480));
        recorder.resume();
        recorder.resume();
        frames(2);
        recorder.pause();
        assertThat(recorder.pauses()).containsExactly(new RecordedPause(3, 7, 480), new RecordedPause(9, -1, 800));
        assertThat(recorder.recordedCycles()).isEqualTo(5);
        assertThat(recorder.cycles()).isEqualTo(9);
        assertThat(recorded()).containsExactly(1, 2, 3, 8, 9);
    }

    @Test
    void whatADiskStallSwallowsBecomesSilenceOfTheSameLength() throws IOException {
        frames(12);
        recorder.drain(file);
        frames(1);
        assertThat(recorder.lostFrames()).isEqualTo(2);
        assertThat(recorded()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 0, 13);
    }

    @Test
    void skippedCyclesAreSilenceAlsoAtTheEnd() throws IOException {
        frames(1);
        recorder.skipped(2);
        frames(1);
        recorder.skipped(1);
        recorder.pause();
        recorder.skipped(5);
        assertThat(recorded()).containsExactly(1, 0, 0, 2, 0);
    }
}
