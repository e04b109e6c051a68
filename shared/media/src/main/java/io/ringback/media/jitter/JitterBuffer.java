package io.ringback.media.jitter;

import io.ringback.media.AudioFormat;
import io.ringback.media.codec.SpeechCodec;
import io.ringback.media.rtp.RtpPacket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes the packets of one leg as the network brings them and gives one frame per mixing cycle. It holds sound for
 * 40 ms at first and adapts between 20 and 200 ms, hides losses of up to 60 ms, and follows the sender's clock by one
 * whole frame more or less, where the sound is quiet if that comes within 2 s. Packets may hold any length of sound and
 * come in any order. Sound that is complete and in time passes unchanged.
 *
 * <p>One thread puts ({@link #put}, {@link #pause}), one takes ({@link #take}, {@link #skip}); a bounded queue that
 * drops its oldest entry lies between them. Counters may be read by any thread. Nothing allocates.
 */
public final class JitterBuffer {
    /** Queue between the threads: more than a second of packets of 20 ms. */
    private static final int QUEUE = 64;

    /**
     * So many cycles in a row with packets that cannot belong here show that the source's timestamps jumped; a burst of
     * old packets after a stall comes in one cycle.
     */
    private static final int JUMP_AFTER = 3;

    private static final int PATIENCE_CYCLES = 2 * AudioFormat.CYCLES_PER_SECOND;

    /** Mean magnitude below which a frame counts as quiet: −48 dBFS. */
    private static final int QUIET = 128;

    private final int frame;
    private final int sampleRate;
    private final int furthest;
    private final PieceQueue queue;
    private final short[] decoded;
    private final Piece piece;
    private final SampleTimeline timeline;
    private final SequenceWindow sequences = new SequenceWindow();
    private final Concealment concealment;
    private final DelayControl control;
    private final short[] last;
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong concealedSamples = new AtomicLong();
    private final AtomicLong insertedFrames = new AtomicLong();
    private final AtomicLong removedFrames = new AtomicLong();

    private boolean started;
    private int ssrc;
    private int next;
    private boolean paused;
    private int pausedFrom;
    private int strangers;
    private boolean strangerNow;
    private int correction;
    private int correctionAge;

    public JitterBuffer(AudioFormat format) {
        frame = format.samplesPerCycle();
        sampleRate = format.sampleRate();
        furthest = format.samples(200);
        queue = new PieceQueue(QUEUE, frame);
        decoded = new short[format.samples(200)];
        piece = new Piece(frame);
        timeline = new SampleTimeline(Integer.highestOneBit(sampleRate - 1) << 1);
        concealment = new Concealment(format);
        control = new DelayControl(format);
        last = new short[frame];
    }

    /**
     * Takes over a packet of sound; on the thread that receives. Sound beyond 200 ms of one packet is dropped.
     *
     * @param codec of the packet's payload type, with this buffer's sample rate
     */
    public void put(RtpPacket packet, SpeechCodec codec) {
        if (codec.sampleRate() != sampleRate) {
            throw new IllegalArgumentException("a codec of " + codec.sampleRate() + " Hz in a mix of " + sampleRate);
        }
        int length = packet.payloadLength();
        while (codec.samples(length) > decoded.length) {
            length /= 2;
        }
        int samples = codec.decode(packet.array(), packet.payloadOffset(), length, decoded, 0);
        for (int from = 0; from < samples; from += frame) {
            Piece into = claim(packet);
            into.pause = false;
            into.firstOfPacket = from == 0;
            into.timestamp = packet.timestamp() + from;
            into.length = Math.min(frame, samples - from);
            System.arraycopy(decoded, from, into.samples, 0, into.length);
            queue.publish();
        }
    }

    /**
     * The source sends no sound from this packet's timestamp on, until sound comes again: a packet of comfort noise
     * (RFC 3389) or of a telephone event. What is missing then is silence, not loss. On the thread that receives.
     */
    public void pause(RtpPacket packet) {
        Piece into = claim(packet);
        into.pause = true;
        into.firstOfPacket = true;
        into.timestamp = packet.timestamp();
        into.length = 0;
        queue.publish();
    }

    private Piece claim(RtpPacket packet) {
        Piece into = queue.claim();
        into.ssrc = packet.ssrc();
        into.sequence = packet.sequence();
        return into;
    }

    /** Writes the frame of one cycle: silence before the first packet, after that always something sensible. */
    public void take(short[] out) {
        drain();
        if (!started) {
            Arrays.fill(out, (short) 0);
            return;
        }
        int decision = control.decide();
        if (decision < -1) {
            advance(-decision);
            removedFrames.lazySet(removedFrames.get() - decision);
            control.corrected(decision);
        } else if (decision != 0 && correction == 0) {
            correction = decision;
            correctionAge = 0;
        }
        if (correction > 0) {
            insertOrPlay(out);
        } else if (correction < 0) {
            removeOrPlay(out);
        } else {
            play(out);
            advance(1);
        }
        System.arraycopy(out, 0, last, 0, frame);
    }

    /** Lets cycles pass that the pacer never ran. */
    public void skip(long cycles) {
        drain();
        if (started) {
            advance((int) Math.min(cycles, Integer.MAX_VALUE / frame / 2));
        }
    }

    private void drain() {
        boolean fresh = false;
        strangerNow = false;
        while (queue.poll(piece)) {
            if (!started || piece.ssrc != ssrc) {
                ssrc = piece.ssrc;
                concealment.reset();
                begin();
                fresh = true;
            } else if (fresh && piece.timestamp - next > furthest) {
                // What came before anybody took, such as early media, is old: begin with the newest.
                begin();
            } else if (piece.firstOfPacket && !sequences.isNew(piece.sequence)) {
                duplicates.lazySet(duplicates.get() + 1);
                continue;
            }
            place();
        }
    }

    /** Begins, or begins anew, with the current piece. */
    private void begin() {
        started = true;
        timeline.clear();
        sequences.restart(piece.sequence);
        control.restart();
        next = piece.timestamp - control.startMargin();
        paused = false;
        strangers = 0;
        correction = 0;
    }

    private void place() {
        int margin = piece.timestamp - next;
        if (piece.pause) {
            paused = true;
            pausedFrom = piece.timestamp;
            return;
        }
        if (margin < -furthest || margin > timeline.capacity() - frame) {
            strangers += strangerNow ? 0 : 1;
            strangerNow = true;
            if (strangers < JUMP_AFTER) {
                countLate(margin);
                return;
            }
            begin();
            margin = piece.timestamp - next;
        }
        strangers = 0;
        if (piece.firstOfPacket) {
            control.came(margin);
        }
        int tooLate = Math.max(0, Math.min(piece.length, -margin));
        if (tooLate == piece.length) {
            countLate(margin);
        }
        timeline.put(piece.timestamp + tooLate, piece.samples, tooLate, piece.length - tooLate);
    }

    private void countLate(int margin) {
        if (margin < 0 && piece.firstOfPacket) {
            late.lazySet(late.get() + 1);
        }
    }

    /** Writes the frame whose turn it is, made of what has come, in runs of samples that are there or are not. */
    private void play(short[] out) {
        int from = 0;
        while (from < frame) {
            boolean there = timeline.has(next + from);
            int to = from;
            while (to < frame && timeline.has(next + to) == there) {
                out[to] = there ? timeline.get(next + to) : 0;
                to++;
            }
            if (there) {
                concealment.good(out, from, to);
                paused &= next + to - pausedFrom <= 0;
            } else if (isSilence(next + from)) {
                concealment.silent(out, from, to);
            } else {
                int madeUp = concealment.lost(out, from, to);
                concealedSamples.lazySet(concealedSamples.get() + madeUp);
            }
            from = to;
        }
    }

    private boolean isSilence(int timestamp) {
        return paused && timestamp - pausedFrom >= 0;
    }

    private void advance(int frames) {
        int length = frames * frame;
        timeline.clear(next, Math.min(length, timeline.capacity()));
        next += length;
    }

    /** Holds the sound one frame longer: a quiet or missing frame sounds and keeps its turn. */
    private void insertOrPlay(short[] out) {
        if (isQuiet()) {
            play(out);
        } else if (++correctionAge <= PATIENCE_CYCLES || !timeline.hasAll(next, frame)) {
            play(out);
            advance(1);
            return;
        } else {
            fadeToLast(out);
        }
        insertedFrames.lazySet(insertedFrames.get() + 1);
        corrected();
    }

    /** From the frame whose turn it is back to the end of the one before, so that both its ends join. */
    private void fadeToLast(short[] out) {
        for (int i = 0; i < frame; i++) {
            out[i] = (short) ((timeline.get(next + i) * (frame - i) + last[i] * i) / frame);
        }
    }

    /** Gives up one frame: a quiet or missing one, or one of two that are faded into each other. */
    private void removeOrPlay(short[] out) {
        if (isQuiet()) {
            advance(1);
            play(out);
        } else if (++correctionAge <= PATIENCE_CYCLES || !timeline.hasAll(next, 2 * frame)) {
            play(out);
            advance(1);
            return;
        } else {
            fadeToFollowing(out);
            advance(1);
        }
        advance(1);
        removedFrames.lazySet(removedFrames.get() + 1);
        corrected();
    }

    private void fadeToFollowing(short[] out) {
        for (int i = 0; i < frame; i++) {
            out[i] = (short) ((timeline.get(next + i) * (frame - i) + timeline.get(next + frame + i) * i) / frame);
        }
    }

    private void corrected() {
        control.corrected(correction);
        correction = 0;
    }

    /** Whether the frame whose turn it is holds little or nothing. */
    private boolean isQuiet() {
        int sum = 0;
        for (int i = 0; i < frame; i++) {
            sum += timeline.has(next + i) ? Math.abs(timeline.get(next + i)) : 0;
        }
        return sum < QUIET * frame;
    }

    /** Packets that came after their turn. */
    public long late() {
        return late.get();
    }

    /** Packets that came before. */
    public long duplicates() {
        return duplicates.get();
    }

    /** Samples that were made up for lost ones. */
    public long concealedSamples() {
        return concealedSamples.get();
    }

    /** Frames played twice, to hold sound longer or to follow a slow sender. */
    public long insertedFrames() {
        return insertedFrames.get();
    }

    /** Frames left out, to hold sound shorter or to follow a fast sender. */
    public long removedFrames() {
        return removedFrames.get();
    }

    /** Pieces of up to 20 ms that were dropped because nobody took. */
    public long overflows() {
        return queue.dropped();
    }
}
