package io.ringback.media.mix;

import io.ringback.media.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * One leg's place at the mixer. Its owner fills {@link #spoken()} before each mix and reads {@link #heard()} after it;
 * all of it on the pacer's thread.
 *
 * <p>What the leg's signalling allows ({@link #talking}, {@link #listening}) and what was ordered for it
 * ({@link #muted}, {@link #held}) are kept apart, so that neither forgets the other.
 */
public final class MixLeg {
    private final short[] spoken;
    private final short[] heard;
    private boolean talking;
    private boolean listening;
    private boolean muted;
    private boolean held;
    private short @Nullable [] background;
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

    /** Whether sound comes from this leg: true while it is connected and its signalling lets it send. */
    public void talking(boolean now) {
        talking = now;
    }

    /** Whether this leg takes sound: true while it is connected and its signalling lets it receive. */
    public void listening(boolean now) {
        listening = now;
    }

    /** Whether this leg is heard by nobody, though it hears all (telephony §10). */
    public void muted(boolean now) {
        muted = now;
    }

    /** Whether this leg is heard by nobody and hears neither the others nor what is played to all (telephony §10). */
    public void held(boolean now) {
        held = now;
    }

    public boolean isHeld() {
        return held;
    }

    /** Whether others hear this leg in this cycle, and its channel of a recording holds it. */
    public boolean isHeard() {
        return talking && !muted && !held;
    }

    /**
     * What this leg alone hears in this cycle besides the others, at its own level: hold music, a ringback tone, the
     * early media of another leg.
     *
     * @param frame one frame, or null for nothing
     */
    public void background(short @Nullable [] frame) {
        background = frame;
    }

    /**
     * What is played to this leg alone in this cycle; it lowers all else for this listener.
     *
     * @param frame one frame, or null for nothing
     */
    public void ownPrompt(short @Nullable [] frame) {
        ownPrompt = frame;
    }

    boolean hearsOthers() {
        return listening && !held;
    }

    short @Nullable [] background() {
        return background;
    }

    short @Nullable [] ownPrompt() {
        return ownPrompt;
    }
}
