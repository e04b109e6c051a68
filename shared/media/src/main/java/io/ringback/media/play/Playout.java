package io.ringback.media.play;

import io.ringback.media.AudioFormat;

/** One sound, played cycle by cycle, once or over and over. Used on the pacer's thread only. */
public final class Playout {
    private final short[] sound;
    private final int frameLength;
    private boolean loop;
    private int position;
    private boolean begun;
    private boolean fading;

    /**
     * A play from the start.
     *
     * @param sound mono, at the format's rate; not copied, so one sound serves many plays
     */
    public Playout(AudioFormat format, short[] sound, boolean loop) {
        this.sound = sound;
        this.loop = loop && sound.length > 0;
        frameLength = format.samplesPerCycle();
    }

    /**
     * Writes the next cycle's frame; the last one is filled up with silence.
     *
     * @return false if the play is over, and nothing was written
     */
    public boolean next(short[] frame) {
        if (position >= sound.length) {
            return false;
        }
        begun = true;
        int filled = copy(frame, 0);
        while (loop && filled < frameLength) {
            filled += copy(frame, filled);
        }
        for (int i = filled; i < frameLength; i++) {
            frame[i] = 0;
        }
        if (fading) {
            fadeOut(frame);
            position = sound.length;
        }
        return true;
    }

    private int copy(short[] frame, int at) {
        int length = Math.min(frameLength - at, sound.length - position);
        System.arraycopy(sound, position, frame, at, length);
        position += length;
        if (loop && position == sound.length) {
            position = 0;
        }
        return length;
    }

    private void fadeOut(short[] frame) {
        for (int i = 0; i < frameLength; i++) {
            frame[i] = (short) (frame[i] * (frameLength - 1 - i) / frameLength);
        }
    }

    /** Ends a looping play at the end of its pass; another play waits. */
    public void finishPass() {
        if (loop && begun && position == 0) {
            position = sound.length;
        }
        loop = false;
    }

    /** Ends the play: one more frame fades out, so that nobody hears a click. */
    public void stop() {
        fading = true;
    }
}
