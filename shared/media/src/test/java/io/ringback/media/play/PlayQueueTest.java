package io.ringback.media.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlayQueueTest {
    private static final int ONE = 1 << 1;

    private final List<String> told = new ArrayList<>();
    private final PlayListener listener = new PlayListener() {
        @Override
        public void started(String playId) {
            told.add("started " + playId);
        }

        @Override
        public void completed(String playId) {
            told.add("completed " + playId);
        }

        @Override
        public void stoppedByTone(String playId, int eventCode) {
            told.add("stopped " + playId + " by " + eventCode);
        }

        @Override
        public void cancelled(String playId) {
            told.add("cancelled " + playId);
        }
    };
    private AudioFormat format = AudioFormat.NARROWBAND;
    private PlayQueue queue = new PlayQueue(format, listener);

    /** Plays that many cycles; each becomes the first sample of its frame, or −1 if nothing sounded. */
    private List<Integer> cycles(int count) {
        List<Integer> heard = new ArrayList<>();
        short[] frame = new short[format.samplesPerCycle()];
        for (int i = 0; i < count; i++) {
            heard.add(queue.fill(frame) ? (int) frame[0] : -1);
        }
        return heard;
    }

    private short[] sound(double cycles, int value) {
        short[] sound = new short[(int) (cycles * format.samplesPerCycle())];
        Arrays.fill(sound, (short) value);
        return sound;
    }

    private void add(String id, boolean loop, double cycles, int value) {
        queue.add(id, loop, 0);
        queue.ready(id, sound(cycles, value));
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void playsSoundOneAfterTheOther(int rate) {
        format = new AudioFormat(rate);
        queue = new PlayQueue(format, listener);
        assertThat(cycles(1)).containsExactly(-1);
        add("a", false, 1.5, 100);
        add("b", false, 1, 200);
        short[] frame = new short[format.samplesPerCycle()];
        assertThat(queue.fill(frame)).isTrue();
        assertThat(queue.fill(frame)).isTrue();
        assertThat(frame[format.samplesPerCycle() / 2 - 1]).isEqualTo((short) 100);
        assertThat(frame[format.samplesPerCycle() / 2])
                .as("silence fills the last frame")
                .isZero();
        assertThat(cycles(2)).containsExactly(200, -1);
        assertThat(told).containsExactly("started a", "completed a", "started b", "completed b");
    }

    @Test
    void aPlayWhoseSoundIsNotThereKeepsItsTurn() {
        queue.add("slow", false, 0);
        add("fast", false, 1, 200);
        assertThat(cycles(2)).containsExactly(-1, -1);
        queue.ready("slow", sound(1, 100));
        assertThat(cycles(3)).containsExactly(100, 200, -1);
    }

    @Test
    void aFailedFetchLetsTheNextOneSound() {
        queue.add("lost", false, 0);
        add("next", false, 1, 200);
        assertThat(queue.remove("lost")).isTrue();
        assertThat(queue.remove("lost")).isFalse();
        assertThat(cycles(1)).containsExactly(200);
        assertThat(told).containsExactly("started next");
    }

    @Test
    void aLoopGoesRoundWithoutAGapUntilAnotherWaits() {
        add("music", true, 2.5, 100);
        short[] frame = new short[160];
        for (int i = 0; i < 9; i++) {
            assertThat(queue.fill(frame)).isTrue();
            assertThat(frame).containsOnly(100);
        }
        add("prompt", false, 1, 200);
        // The fourth pass ends with the tenth cycle.
        assertThat(cycles(3)).containsExactly(100, 200, -1);
        assertThat(told).containsExactly("started music", "completed music", "started prompt", "completed prompt");
    }

    @Test
    void aLoopSoundsOnceThoughAnotherWaitsFromTheStart() {
        add("music", true, 2, 100);
        add("prompt", false, 1, 200);
        assertThat(cycles(3)).containsExactly(100, 100, 200);
    }

    @Test
    void aLoopDoesNotYieldToAPlayWhoseSoundIsNotThere() {
        add("music", true, 1, 100);
        queue.add("slow", false, 0);
        assertThat(cycles(5)).containsOnly(100);
    }

    @Test
    void aCancelledPlayIsSilentWithinTwoCyclesAndFades() {
        add("a", false, 100, 8000);
        assertThat(cycles(3)).containsOnly(8000);
        queue.cancel(List.of("a"));
        short[] frame = new short[160];
        assertThat(queue.fill(frame)).isTrue();
        for (int i = 1; i < frame.length; i++) {
            assertThat(frame[i - 1] - frame[i]).as("no click at %d", i).isBetween(0, 60);
        }
        assertThat(frame[159]).isZero();
        assertThat(queue.fill(frame)).isFalse();
        assertThat(told).containsExactly("started a", "cancelled a");
    }

    @Test
    void cancelAllNamesEachPlayOnce() {
        add("a", true, 10, 100);
        add("b", false, 10, 200);
        queue.add("c", false, 0);
        cycles(1);
        assertThat(queue.ids()).containsExactly("a", "b", "c");
        queue.cancelAll();
        queue.cancelAll();
        queue.ready("c", sound(1, 300));
        cycles(3);
        assertThat(told).containsExactlyInAnyOrder("started a", "cancelled a", "cancelled b", "cancelled c");
    }

    @Test
    void onlyTheSoundingPlayAndOnlyByItsTonesIsStopped() {
        queue.add("a", false, ONE);
        queue.ready("a", sound(10, 100));
        queue.add("b", false, ONE);
        queue.ready("b", sound(10, 200));
        queue.pressed(1);
        cycles(1);
        queue.pressed(2);
        queue.pressed(1);
        queue.pressed(1);
        assertThat(cycles(2)).endsWith(200);
        assertThat(told).containsExactly("started a", "stopped a by 1", "started b");
    }

    @Test
    void anEmptyLoopEnds() {
        add("nothing", true, 0, 0);
        assertThat(cycles(1)).containsExactly(-1);
        assertThat(told).containsExactly("started nothing", "completed nothing");
    }
}
