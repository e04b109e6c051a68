package io.ringback.media.record;

import io.ringback.media.AudioFormat;
import io.ringback.media.wav.WavWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries the mixed sound of a call from the pacer to a file. The pacer's thread puts one frame per cycle and pauses;
 * one other thread drains into the file, at least once in some seconds. Between them lies a ring without locks. When
 * the disk stalls for longer than the ring holds, frames are lost but not their time: silence takes their place.
 */
public final class MixedRecorder {
    private final int frameLength;
    private final short[] ring;
    private final int[] silenceBefore;
    private final short[] silence;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final List<RecordedPause> pauses = new ArrayList<>();
    private long cycle;
    private long recordedCycles;
    private int owedSilence;
    private boolean paused;

    /** @param capacityCycles how many cycles the disk may stall */
    public MixedRecorder(AudioFormat format, int capacityCycles) {
        frameLength = format.samplesPerCycle();
        ring = new short[capacityCycles * frameLength];
        silenceBefore = new int[capacityCycles];
        silence = new short[frameLength];
    }

    /** Records one cycle, unless paused; on the pacer's thread. */
    public void frame(short[] mix) {
        cycle++;
        if (paused) {
            return;
        }
        recordedCycles++;
        long at = written.get();
        if (at - read.get() == silenceBefore.length) {
            owedSilence++;
            lost.lazySet(lost.get() + 1);
            return;
        }
        int slot = (int) (at % silenceBefore.length);
        System.arraycopy(mix, 0, ring, slot * frameLength, frameLength);
        silenceBefore[slot] = owedSilence;
        owedSilence = 0;
        written.lazySet(at + 1);
    }

    /** Cycles that the pacer skipped: silence, so that the recording stays as long as the call; on the pacer's thread. */
    public void skipped(long cycles) {
        cycle += cycles;
        if (!paused) {
            recordedCycles += cycles;
            owedSilence += (int) cycles;
        }
    }

    /** Leaves out what comes from the next cycle on; on the pacer's thread. */
    public void pause() {
        if (!paused) {
            paused = true;
            pauses.add(new RecordedPause(cycle, -1, recordedCycles * frameLength));
        }
    }

    /** Records again from the next cycle on; on the pacer's thread. */
    public void resume() {
        if (paused) {
            paused = false;
            int last = pauses.size() - 1;
            RecordedPause open = pauses.get(last);
            pauses.set(last, new RecordedPause(open.fromCycle(), cycle, open.fileFrame()));
        }
    }

    /** Whether it leaves out the current cycle; on the pacer's thread. */
    public boolean isPaused() {
        return paused;
    }

    /** All pauses so far; on the pacer's thread. */
    public List<RecordedPause> pauses() {
        return List.copyOf(pauses);
    }

    /** Cycles recorded so far, pauses left out; on the pacer's thread. */
    public long recordedCycles() {
        return recordedCycles;
    }

    /** Cycles since the start, pauses included; on the pacer's thread. */
    public long cycles() {
        return cycle;
    }

    /** Frames that became silence because the disk stalled. */
    public long lostFrames() {
        return lost.get();
    }

    /** Writes to the file what has come; on the thread that owns the file. */
    public void drain(WavWriter file) throws IOException {
        for (long at = read.get(); at < written.get(); at++) {
            int slot = (int) (at % silenceBefore.length);
            for (int i = silenceBefore[slot]; i > 0; i--) {
                file.write(silence, 0, frameLength);
            }
            file.write(ring, slot * frameLength, frameLength);
            read.lazySet(at + 1);
        }
    }

    /** Writes the rest; on the thread that owns the file, after the pacer's thread has put its last frame. */
    public void finish(WavWriter file) throws IOException {
        drain(file);
        for (; owedSilence > 0; owedSilence--) {
            file.write(silence, 0, frameLength);
        }
    }
}
