package io.ringback.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.media.mix.MixLeg;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {8000, 16000})
final class RecorderTest {
    private static final int CAPACITY = 10;

    private final AudioFormat format;
    private final Recorder mixed;
    private final Recorder unmixed;
    private final List<Integer> mixFile = new ArrayList<>();
    private final short[] mix;
    private int value;

    RecorderTest(int rate) {
        format = new AudioFormat(rate);
        mixed = Recorder.mixed(format, CAPACITY);
        unmixed = Recorder.unmixed(format, CAPACITY, 3);
        mix = new short[format.samplesPerCycle()];
    }

    /** Notes the value of each frame. */
    private FrameSink into(List<Integer> file) {
        return (samples, offset, count) -> {
            assertThat(count).isEqualTo(format.samplesPerCycle());
            assertThat(Arrays.copyOfRange(samples, offset, offset + count)).containsOnly(samples[offset]);
            file.add((int) samples[offset]);
        };
    }

    /** Records cycles whose samples all are their number, from 1 on. */
    private void cycles(int count) {
        for (int i = 0; i < count; i++) {
            Arrays.fill(mix, (short) ++value);
            mixed.cycle(mix, null);
        }
    }

    private List<Integer> recorded() throws IOException {
        mixed.end();
        assertThat(mixed.common().drain(into(mixFile))).isTrue();
        return mixFile;
    }

    @Test
    void everyCycleOnceAndInOrder() throws IOException {
        cycles(7);
        assertThat(mixed.common().drain(into(mixFile))).isFalse();
        cycles(8);
        assertThat(recorded()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    @Test
    void aPauseIsLeftOut() throws IOException {
        cycles(3);
        mixed.pause();
        cycles(4);
        assertThat(mixed.isPaused()).isTrue();
        mixed.resume();
        cycles(2);
        assertThat(mixed.recordedCycles()).isEqualTo(5);
        assertThat(mixed.cycles()).isEqualTo(9);
        assertThat(recorded()).containsExactly(1, 2, 3, 8, 9);
    }

    @Test
    void whatADiskStallSwallowsBecomesSilenceOfTheSameLength() throws IOException {
        cycles(12);
        mixed.common().drain(into(mixFile));
        cycles(1);
        assertThat(mixed.common().lostFrames()).isEqualTo(2);
        assertThat(recorded()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 0, 13);
    }

    @Test
    void skippedCyclesAreSilenceAlsoAtTheEnd() throws IOException {
        cycles(1);
        mixed.skipped(2);
        cycles(1);
        mixed.skipped(1);
        mixed.pause();
        mixed.skipped(5);
        assertThat(recorded()).containsExactly(1, 0, 0, 2, 0);
    }

    @Test
    void eachParticipantHasATrackFromItsFirstCycleToItsLast() throws IOException {
        MixLeg ann = leg(1);
        MixLeg bob = leg(2);
        unmixed.joined("ann", ann);
        unmixedCycles(2, null);
        unmixed.joined("bob", bob);
        unmixedCycles(1, frame(9));
        unmixed.pause();
        unmixedCycles(4, frame(9));
        unmixed.left(ann);
        unmixed.resume();
        unmixed.skipped(1);
        unmixedCycles(1, null);
        unmixed.joined("ann", ann);
        unmixedCycles(1, null);
        unmixed.end();
        assertThat(file(unmixed.common())).containsExactly(0, 0, 9, 0, 0, 0);
        assertThat(file(unmixed.channels().get(0))).containsExactly(1, 1, 1);
        assertThat(file(unmixed.channels().get(1))).containsExactly(2, 0, 2, 2);
        assertThat(file(unmixed.channels().get(2))).as("who comes back").containsExactly(1);
        assertThat(unmixed.presences())
                .containsExactly(
                        new Presence("ann", 0, 0, 0, 7),
                        new Presence("bob", 1, 2, 2, Presence.STILL_THERE),
                        new Presence("ann", 2, 9, 5, Presence.STILL_THERE));
    }

    @Test
    void aMutedOrHeldLegIsSilentInItsChannel() throws IOException {
        MixLeg ann = leg(1);
        MixLeg bob = leg(2);
        unmixed.joined("ann", ann);
        unmixed.joined("bob", bob);
        unmixedCycles(1, null);
        ann.muted(true);
        bob.held(true);
        unmixedCycles(2, null);
        ann.muted(false);
        bob.held(false);
        unmixedCycles(1, null);
        unmixed.end();
        assertThat(file(unmixed.channels().get(0))).containsExactly(1, 0, 0, 1);
        assertThat(file(unmixed.channels().get(1))).containsExactly(2, 0, 0, 2);
    }

    @Test
    void whoComesWhenAllChannelsAreTakenIsNotedWithoutOne() throws IOException {
        for (int i = 0; i < 4; i++) {
            unmixed.joined("p" + i, leg(i + 1));
        }
        unmixedCycles(1, null);
        unmixed.end();
        assertThat(unmixed.channels()).hasSize(3);
        assertThat(unmixed.presences().get(3)).isEqualTo(new Presence("p3", Presence.NONE, 0, 0, -1));
        assertThat(file(unmixed.channels().get(2))).containsExactly(3);
    }

    @Test
    void aMixedRecordingNotesWhoWasThere() {
        MixLeg ann = leg(1);
        mixed.joined("ann", ann);
        cycles(3);
        mixed.left(ann);
        mixed.left(ann);
        assertThat(mixed.presences()).containsExactly(new Presence("ann", Presence.NONE, 0, 0, 3));
        assertThat(mixed.channels()).isEmpty();
    }

    private void unmixedCycles(int count, short @Nullable [] playedToAll) {
        for (int i = 0; i < count; i++) {
            unmixed.cycle(mix, playedToAll);
        }
    }

    private List<Integer> file(Track track) throws IOException {
        List<Integer> file = new ArrayList<>();
        assertThat(track.drain(into(file))).isTrue();
        return file;
    }

    private MixLeg leg(int value) {
        MixLeg leg = new MixLeg(format);
        leg.talking(true);
        Arrays.fill(leg.spoken(), (short) value);
        return leg;
    }

    private short[] frame(int value) {
        short[] frame = new short[format.samplesPerCycle()];
        Arrays.fill(frame, (short) value);
        return frame;
    }
}
