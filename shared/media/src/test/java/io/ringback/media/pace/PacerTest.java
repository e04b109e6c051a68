package io.ringback.media.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PacerTest {
    private static final long MS = 1_000_000;

    /** Time stands still but for what is waited, and what a cycle of the test takes. */
    private static final class FakeClock implements PacerClock {
        long now = -3 * MS;
        long oversleep;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void park(long nanos) {
            now += nanos + oversleep;
            oversleep = 0;
        }
    }

    /** Notes the moments of its cycles. */
    private final class Notes implements Paced {
        final List<Long> cycles = new ArrayList<>();
        final List<String> other = new ArrayList<>();
        int throwAt = -1;

        @Override
        public void cycle() {
            if (cycles.size() == throwAt) {
                throw new IllegalStateException("bug");
            }
            cycles.add(clock.now);
            clock.now += work;
            if (cycles.size() == stopAfter) {
                pacer.stop();
            }
        }

        @Override
        public void skipped(long count) {
            other.add("skipped " + count);
        }

        @Override
        public void failed(RuntimeException bug) {
            other.add(bug.getMessage());
        }
    }

    private final FakeClock clock = new FakeClock();
    private final Pacer pacer = new Pacer(clock);
    private long work;
    private int stopAfter;

    @Test
    void deadlinesAreAbsoluteSoThatLatenessDoesNotAddUp() {
        work = 700_000;
        stopAfter = 1000;
        Notes call = new Notes();
        pacer.add(call);
        long start = clock.now;
        pacer.run();
        assertThat(call.cycles).hasSize(1000);
        assertThat(call.cycles.get(999)).isEqualTo(start + 999 * 20 * MS);
        assertThat(pacer.cycles()).isEqualTo(1000);
        assertThat(pacer.lateCycles()).isZero();
    }

    @Test
    void missedCyclesRunBackToBackUpToTwoHundredMilliseconds() {
        Notes call = startedCall();
        clock.now += 205 * MS;
        pacer.runDue();
        assertThat(call.cycles).hasSize(1 + 10);
        assertThat(call.other).isEmpty();
        assertThat(pacer.lateCycles()).isEqualTo(9);
        assertThat(pacer.worstLateNanos()).isEqualTo(185 * MS);
    }

    @Test
    void whatLiesFurtherBackIsSkippedAndCounted() {
        Notes call = startedCall();
        clock.now += 1000 * MS;
        pacer.runDue();
        assertThat(call.other).containsExactly("skipped 39");
        assertThat(call.cycles).hasSize(1 + 11);
        assertThat(pacer.skippedCycles()).isEqualTo(39);
        clock.now += 20 * MS;
        pacer.runDue();
        assertThat(call.cycles).as("back in step").hasSize(1 + 11 + 1);
    }

    @Test
    void oneCallsBugEndsThatCallOnly() {
        Notes sound = new Notes();
        Notes broken = new Notes();
        broken.throwAt = 1;
        Notes wrong = new Notes();
        pacer.add(broken);
        pacer.add(sound);
        pacer.add(wrong);
        pacer.runDue();
        pacer.execute(wrong, () -> {
            throw new IllegalStateException("bad command");
        });
        for (int i = 0; i < 3; i++) {
            clock.now += 20 * MS;
            pacer.runDue();
        }
        assertThat(sound.cycles).hasSize(4);
        assertThat(broken.cycles).hasSize(1);
        assertThat(broken.other).containsExactly("bug");
        assertThat(wrong.cycles).hasSize(1);
        assertThat(wrong.other).containsExactly("bad command");
    }

    @Test
    void commandsAreDoneInOrderBeforeTheNextCycle() {
        Notes call = startedCall();
        pacer.execute(call, () -> call.other.add("a"));
        pacer.remove(call);
        pacer.execute(call, () -> call.other.add("b"));
        assertThat(call.other).isEmpty();
        clock.now += 20 * MS;
        pacer.runDue();
        assertThat(call.other).containsExactly("a", "b");
        assertThat(call.cycles).hasSize(1);
    }

    private Notes startedCall() {
        Notes call = new Notes();
        pacer.add(call);
        pacer.runDue();
        assertThat(call.cycles).hasSize(1);
        return call;
    }
}
