package io.ringback.media.mix;

import io.ringback.media.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * One leg's place at the mixer. Its owner fills {@link #spoken()} before each mix and reads {@link #heard()} after it;
 * all of it on the pacer's thread.
 */
public final class MixLeg {
    private final short[] spoken;
    private final short[] heard;
    private boolean talking;
    private boolean listening;
    private short @Nullable [] ownPrompt;

    public MixLeg(AudioFormat format) {
        spoken = new short[format.samplesPerCycle()];
        heard = new short[format.samplesPerCycle()];
    }

    /** What came from this leg in this cycle. */
    public short[] spoken() {
        return spoken;
    }

    /** What goes to this leg in this cycle. */
    public short[] heard() {
        return heard;
    }

    /** Whether others hear this leg: true while it is connected and neither muted nor held. */
    public void talking(boolean now) {
        talking = now;
    }

    /** Whether this leg hears the others and what is played to all: true while it is connected and not held. */
    public void listening(boolean now) {
        listening = now;
    }

    /**
     * What is played to this leg alone in this cycle: its own prompt, hold music, ringback.
     *
     * @param frame one frame, or null for nothing
     */
    public void ownPrompt(short @Nullable [] frame) {
        ownPrompt = frame;
    }

    boolean isTalking() {
        return talking;
    }

    boolean isListening() {
        return listening;
    }

    short @Nullable [] ownPrompt() {
        return ownPrompt;
    }
}
