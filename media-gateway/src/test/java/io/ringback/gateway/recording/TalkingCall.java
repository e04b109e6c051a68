package io.ringback.gateway.recording;

import io.ringback.media.AudioFormat;
import io.ringback.media.mix.MixLeg;
import io.ringback.media.mix.Mixer;
import io.ringback.media.record.Recorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call whose participants each send a tone of their own without a break; the test is its pacer. */
final class TalkingCall {
    static final int RATE = 8000;

    private static final AudioFormat FORMAT = new AudioFormat(RATE);

    private final Recorder recorder;
    private final Map<String, MixLeg> legs = new LinkedHashMap<>();
    private final Map<MixLeg, Double> tones = new LinkedHashMap<>();
    private final Mixer mixer = new Mixer(FORMAT);
    private final short[] mix = new short[FORMAT.samplesPerCycle()];
    private final short[] prompt = new short[FORMAT.samplesPerCycle()];
    private @Nullable Double playedToAll;
    private long cycle;

    TalkingCall(Recorder recorder) {
        this.recorder = recorder;
    }

    MixLeg joins(String participantId, double hertz) {
        MixLeg leg = new MixLeg(FORMAT);
        leg.talking(true);
        leg.listening(true);
        legs.put(participantId, leg);
        tones.put(leg, hertz);
        recorder.joined(participantId, leg);
        return leg;
    }

    void leaves(String participantId) {
        MixLeg leg = legs.remove(participantId);
        if (leg != null) {
            tones.remove(leg);
            recorder.left(leg);
        }
    }

    MixLeg leg(String participantId) {
        MixLeg leg = legs.get(participantId);
        if (leg == null) {
            throw new IllegalArgumentException("not in the call: " + participantId);
        }
        return leg;
    }

    /** A tone to all from the next cycle on, or none. */
    void plays(@Nullable Double hertz) {
        playedToAll = hertz;
    }

    void runs(int millis) {
        for (int i = 0; i < millis / AudioFormat.CYCLE_MILLIS; i++) {
            tones.forEach((leg, hertz) -> tone(leg.spoken(), hertz));
            Double played = playedToAll;
            if (played != null) {
                tone(prompt, played);
            }
            List<MixLeg> places = new ArrayList<>(legs.values());
            mixer.mixOnce(places, played == null ? null : prompt, mix);
            recorder.cycle(mix, played == null ? null : prompt);
            cycle++;
        }
    }

    private void tone(short[] frame, double hertz) {
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (short) (3000 * Math.sin(2 * Math.PI * hertz * (cycle * frame.length + i) / RATE));
        }
    }
}
