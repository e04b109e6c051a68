package io.ringback.media.record;

import io.ringback.media.AudioFormat;
import io.ringback.media.mix.MixLeg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of a call's mixing cycle for one recording (telephony §9). A mixed one has a single track: what a
 * listener to all hears. An unmixed one has a track of what is played to all, and one for each stay of a participant:
 * silence while that leg is muted or held. All tracks are counted in the same cycles, so they fit together by
 * construction; a paused cycle is absent from every one of them.
 *
 * <p>All methods belong to the pacer's thread, those of {@link Track} and the lists aside; a cycle allocates nothing.
 */
public final class Recorder {
    private final AudioFormat format;
    private final int capacityCycles;
    private final int mostChannels;
    private final short[] silence;
    private final Track common;
    private final List<Track> channels = new CopyOnWriteArrayList<>();
    private final List<Presence> presences = new CopyOnWriteArrayList<>();
    private final List<Stay> present = new ArrayList<>();
    private long cycle;
    private long recordedCycles;
    private boolean paused;

    /** A stay that lasts: where its sound comes from and where it goes. */
    private record Stay(
            MixLeg place, int presence, @Nullable Track track) {}

    private Recorder(AudioFormat format, int capacityCycles, int mostChannels) {
        this.format = format;
        this.capacityCycles = capacityCycles;
        this.mostChannels = mostChannels;
        silence = new short[format.samplesPerCycle()];
        common = track();
    }

    /**
     * One track of everything.
     *
     * @param capacityCycles how many cycles the disk may stall
     */
    public static Recorder mixed(AudioFormat format, int capacityCycles) {
        return new Recorder(format, capacityCycles, 0);
    }

    /**
     * A track for each stay of a participant.
     *
     * @param capacityCycles how many cycles the disk may stall
     * @param mostChannels stays beyond so many get no channel of their own
     */
    public static Recorder unmixed(AudioFormat format, int capacityCycles, int mostChannels) {
        return new Recorder(format, capacityCycles, mostChannels);
    }

    /** The mix of a mixed recording; what is played to all, the application's channel, of an unmixed one. */
    public Track common() {
        return common;
    }

    /** The participants' tracks of an unmixed recording, in order of joining; grows. Any thread may read it. */
    public List<Track> channels() {
        return channels;
    }

    /** Everybody's stays so far, in order of joining. Any thread may call. */
    public List<Presence> presences() {
        return List.copyOf(presences);
    }

    /** A participant is connected from the next cycle on, or was when the recording began. */
    public void joined(String participantId, MixLeg place) {
        Track track = channels.size() < mostChannels ? track() : null;
        int channel = track == null ? Presence.NONE : channels.size();
        present.add(new Stay(place, presences.size(), track));
        presences.add(new Presence(participantId, channel, cycle, recordedCycles, Presence.STILL_THERE));
        if (track != null) {
            channels.add(track);
        }
    }

    /** A participant is gone; nothing happens if it never joined. */
    public void left(MixLeg place) {
        present.removeIf(stay -> {
            if (stay.place() != place) {
                return false;
            }
            presences.set(stay.presence(), presences.get(stay.presence()).left(cycle));
            if (stay.track() != null) {
                stay.track().end();
            }
            return true;
        });
    }

    /**
     * Records one cycle after its mix, unless paused.
     *
     * @param mix what a listener to all heard in it
     * @param playedToAll the frame that was played to all, or null
     */
    public void cycle(short[] mix, short @Nullable [] playedToAll) {
        cycle++;
        if (paused) {
            return;
        }
        recordedCycles++;
        if (mostChannels == 0) {
            common.put(mix);
            return;
        }
        common.put(playedToAll == null ? silence : playedToAll);
        for (int i = 0; i < present.size(); i++) {
            Stay stay = present.get(i);
            Track track = stay.track();
            if (track != null) {
                track.put(stay.place().isHeard() ? stay.place().spoken() : silence);
            }
        }
    }

    /** Cycles that the pacer skipped: silence, so that the recording stays as long as the call. */
    public void skipped(long cycles) {
        cycle += cycles;
        if (!paused) {
            recordedCycles += cycles;
            common.putSilence(cycles);
            present.stream().map(Stay::track).forEach(track -> {
                if (track != null) {
                    track.putSilence(cycles);
                }
            });
        }
    }

    /** Leaves out what comes from the next cycle on. */
    public void pause() {
        paused = true;
    }

    /** Records again from the next cycle on. */
    public void resume() {
        paused = false;
    }

    /** The last cycle was taken: every track is over. */
    public void end() {
        common.end();
        channels.forEach(Track::end);
    }

    /** Whether it leaves out the current cycle. */
    public boolean isPaused() {
        return paused;
    }

    /** Cycles recorded so far, pauses left out. */
    public long recordedCycles() {
        return recordedCycles;
    }

    /** Cycles since the start, pauses included. */
    public long cycles() {
        return cycle;
    }

    private Track track() {
        return new Track(format.samplesPerCycle(), capacityCycles);
    }
}
