package io.ringback.media.record;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of sound on its way from the pacer to a file, one frame per recorded cycle without a hole. The pacer's thread
 * puts, one other thread drains, at least once in some seconds; between them lies a ring without locks. When the disk
 * stalls for longer than the ring holds, frames are lost but not their time: silence takes their place.
 */
public final class Track {
    private final int frameLength;
    private final short[] ring;
    private final int[] silenceBefore;
    private final short[] silence;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private int owedSilence;
    private volatile boolean over;

    Track(int frameLength, int capacityCycles) {
        this.frameLength = frameLength;
        ring = new short[capacityCycles * frameLength];
        silenceBefore = new int[capacityCycles];
        silence = new short[frameLength];
    }

    /** Adds a frame; on the pacer's thread. */
    void put(short[] frame) {
        long at = written.get();
        if (at - read.get() == silenceBefore.length) {
            owedSilence++;
            lost.lazySet(lost.get() + 1);
            return;
        }
        int slot = (int) (at % silenceBefore.length);
        System.arraycopy(frame, 0, ring, slot * frameLength, frameLength);
        silenceBefore[slot] = owedSilence;
        owedSilence = 0;
        written.lazySet(at + 1);
    }

    /** Adds cycles of silence; on the pacer's thread. */
    void putSilence(long cycles) {
        owedSilence += (int) cycles;
    }

    /** Nothing more is put; on the pacer's thread. */
    void end() {
        over = true;
    }

    /** Frames that became silence because the disk stalled. */
    public long lostFrames() {
        return lost.get();
    }

    /**
     * Hands out what has come; on the thread that owns the file.
     *
     * @return true when the track is over and all of it is handed out
     */
    public boolean drain(FrameSink sink) throws IOException {
        boolean last = over;
        for (long at = read.get(); at < written.get(); at++) {
            int slot = (int) (at % silenceBefore.length);
            writeSilence(sink, silenceBefore[slot]);
            silenceBefore[slot] = 0;
            sink.write(ring, slot * frameLength, frameLength);
            read.lazySet(at + 1);
        }
        if (last) {
            writeSilence(sink, owedSilence);
            owedSilence = 0;
        }
        return last;
    }

    private void writeSilence(FrameSink sink, int cycles) throws IOException {
        for (int i = cycles; i > 0; i--) {
            sink.write(silence, 0, frameLength);
        }
    }
}
