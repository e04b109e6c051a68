package io.ringback.media.play;

import io.ringback.media.AudioFormat;
import io.ringback.media.mix.MixLeg;
import org.jspecify.annotations.Nullable;

/**
 * What one leg alone hears (telephony §8, §10): hold music, a ringback tone, the early media of a leg that rings for
 * it, the plays to it. None of it reaches another leg or a recording.
 *
 * <p>While the leg is held there is its music, or silence; else early media, which comes from the far end itself, goes
 * before the ringback tone that stands in for it. A play to this leg sounds over whatever else it hears. Used on the
 * pacer's thread only; a cycle allocates nothing.
 */
public final class OwnSound {
    private final AudioFormat format;
    private final PlayQueue plays;
    private final short[] playFrame;
    private final short[] loopFrame;
    private @Nullable Playout music;
    private @Nullable Playout ringback;
    private @Nullable MixLeg earlyMedia;

    /** @param listener is told of the plays to this leg */
    public OwnSound(AudioFormat format, PlayListener listener) {
        this.format = format;
        plays = new PlayQueue(format, listener);
        playFrame = new short[format.samplesPerCycle()];
        loopFrame = new short[format.samplesPerCycle()];
    }

    /** The plays to this leg alone. */
    public PlayQueue plays() {
        return plays;
    }

    /**
     * What the leg hears over and over while it is held, from its start; it stands still while the leg is not held.
     *
     * @param sound mono at the format's rate, or null for silence
     */
    public void music(short @Nullable [] sound) {
        music = sound == null ? null : new Playout(format, sound, true);
    }

    /**
     * Whether the leg hears a ringback tone.
     *
     * @param period what {@link RingbackTone#period} made, or null when the ringing is over
     */
    public void ringback(short @Nullable [] period) {
        ringback = period == null ? null : new Playout(format, period, true);
    }

    /**
     * Lets the leg hear what another one, not connected yet, sends.
     *
     * @param leg its {@link MixLeg#spoken()} has to be filled before {@link #fill}; null when that is over
     */
    public void earlyMedia(@Nullable MixLeg leg) {
        earlyMedia = leg;
    }

    /** Gives the leg's place what it alone hears in this cycle. */
    public void fill(MixLeg place) {
        place.background(background(place.isHeld()));
        place.ownPrompt(plays.fill(playFrame) ? playFrame : null);
    }

    private short @Nullable [] background(boolean held) {
        if (!held && earlyMedia != null) {
            return earlyMedia.spoken();
        }
        Playout loop = held ? music : ringback;
        return loop != null && loop.next(loopFrame) ? loopFrame : null;
    }
}
