package io.ringback.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.media.ToneGenerator;
import io.ringback.media.mix.MixLeg;
import io.ringback.media.mix.Mixer;
import io.ringback.media.play.OwnSound;
import io.ringback.media.play.PlayListener;
import io.ringback.media.play.PlayQueue;
import io.ringback.media.play.RingbackTone;
import io.ringback.testkit.sound.Spectrum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which sounds of a call reach which recording, one kind after the other, judged by spectrum: every sound is a tone of
 * its own.
 */
@ParameterizedClass
@ValueSource(ints = {8000, 16000})
final class WhatIsRecordedTest {
    private static final int ANN = 600;
    private static final int BOB = 800;
    private static final int RINGING_PHONE = 1000;
    private static final int TO_ALL = 1200;
    private static final int TO_ANN = 1400;
    private static final int MUSIC = 1600;
    private static final int[] EVERY_TONE = {ANN, BOB, RINGING_PHONE, TO_ALL, TO_ANN, MUSIC, 440, 480};
    private static final int MILLIS = 500;
    private static final PlayListener NOBODY = new PlayListener() {
        @Override
        public void started(String playId) {}

        @Override
        public void completed(String playId) {}

        @Override
        public void stoppedByTone(String playId, int eventCode) {}

        @Override
        public void cancelled(String playId) {}
    };

    private final AudioFormat format;
    private final Recorder mixed;
    private final Recorder unmixed;
    private final MixLeg ann;
    private final MixLeg bob;
    private final MixLeg ringing;
    private final OwnSound annsOwn;
    private final PlayQueue toAll;
    private final List<short[]> annHears = new ArrayList<>();

    WhatIsRecordedTest(int rate) {
        format = new AudioFormat(rate);
        int capacity = MILLIS / AudioFormat.CYCLE_MILLIS;
        mixed = Recorder.mixed(format, capacity);
        unmixed = Recorder.unmixed(format, capacity, 31);
        ann = talking();
        bob = talking();
        ringing = new MixLeg(format);
        annsOwn = new OwnSound(format, NOBODY);
        toAll = new PlayQueue(format, NOBODY);
        for (Recorder recorder : List.of(mixed, unmixed)) {
            recorder.joined("ann", ann);
            recorder.joined("bob", bob);
        }
    }

    /** What happens to Ann, who talks with Bob: what she hears, the mix, her channel, Bob's, the application's. */
    private enum Case {
        NOTHING("[800] [600, 800] [600] [800] []"),
        MUTED("[800] [800] [] [800] []"),
        HELD("[] [800] [] [800] []"),
        HELD_WITH_MUSIC("[1600] [800] [] [800] []"),
        PLAY_TO_ALL("[800, 1200] [600, 800, 1200] [600] [800] [1200]"),
        HELD_IN_A_PLAY_TO_ALL("[] [800, 1200] [] [800] [1200]"),
        PLAY_TO_ANN("[800, 1400] [600, 800] [600] [800] []"),
        RINGBACK("[440, 480, 800] [600, 800] [600] [800] []"),
        EARLY_MEDIA("[800, 1000] [600, 800] [600] [800] []");

        final String expected;

        Case(String expected) {
            this.expected = expected;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachSoundReachesItsListenersAndItsChannels(Case what) throws IOException {
        switch (what) {
            case NOTHING -> assertThat(ann.isHeard()).isTrue();
            case MUTED -> ann.muted(true);
            case HELD -> ann.held(true);
            case HELD_WITH_MUSIC -> {
                ann.held(true);
                annsOwn.music(tone(MUSIC));
            }
            case PLAY_TO_ALL -> play(toAll, TO_ALL);
            case HELD_IN_A_PLAY_TO_ALL -> {
                ann.held(true);
                play(toAll, TO_ALL);
            }
            case PLAY_TO_ANN -> play(annsOwn.plays(), TO_ANN);
            case RINGBACK -> annsOwn.ringback(RingbackTone.period(format));
            case EARLY_MEDIA -> annsOwn.earlyMedia(ringing);
        }
        run();
        assertThat(String.join(
                        " ",
                        tones(joined(annHears)),
                        tones(file(mixed.common())),
                        tones(file(unmixed.channels().get(0))),
                        tones(file(unmixed.channels().get(1))),
                        tones(file(unmixed.common()))))
                .isEqualTo(what.expected);
    }

    /** As a call's mix does it in each cycle; the ringing phone's place is at the mixer too. */
    private void run() {
        Mixer mixer = new Mixer(format);
        short[] prompt = new short[format.samplesPerCycle()];
        short[] mix = new short[format.samplesPerCycle()];
        for (int cycle = 0; cycle < MILLIS / AudioFormat.CYCLE_MILLIS; cycle++) {
            say(ann, ANN, cycle);
            say(bob, BOB, cycle);
            say(ringing, RINGING_PHONE, cycle);
            annsOwn.fill(ann);
            boolean playing = toAll.fill(prompt);
            mixer.mixOnce(List.of(ann, bob, ringing), playing ? prompt : null, mix);
            mixed.cycle(mix, playing ? prompt : null);
            unmixed.cycle(mix, playing ? prompt : null);
            annHears.add(ann.heard().clone());
        }
        mixed.end();
        unmixed.end();
    }

    private MixLeg talking() {
        MixLeg leg = new MixLeg(format);
        leg.talking(true);
        leg.listening(true);
        return leg;
    }

    private short[] tone(int hertz) {
        return new ToneGenerator(format).tone(2 * MILLIS, new double[] {hertz}, new double[] {-20});
    }

    private void say(MixLeg leg, int hertz, int cycle) {
        System.arraycopy(tone(hertz), cycle * leg.spoken().length, leg.spoken(), 0, leg.spoken().length);
    }

    private void play(PlayQueue queue, int hertz) {
        queue.add("p", false, 0);
        queue.ready("p", tone(hertz));
    }

    private static short[] file(Track track) throws IOException {
        List<short[]> frames = new ArrayList<>();
        assertThat(track.drain((samples, at, count) -> frames.add(Arrays.copyOfRange(samples, at, at + count))))
                .isTrue();
        return joined(frames);
    }

    private static short[] joined(List<short[]> frames) {
        short[] sound = new short[frames.size() * frames.get(0).length];
        for (int i = 0; i < frames.size(); i++) {
            System.arraycopy(frames.get(i), 0, sound, i * frames.get(i).length, frames.get(i).length);
        }
        return sound;
    }

    /** The tones that sound, also 12 dB lower than they were sent; what is not among them is 60 dB below. */
    private String tones(short[] sound) {
        TreeSet<Integer> tones = new TreeSet<>();
        for (int hertz : EVERY_TONE) {
            double level = Spectrum.level(sound, 0, sound.length, format.sampleRate(), hertz);
            if (level > -80) {
                tones.add(hertz);
                assertThat(level).as("%d Hz is whole", hertz).isGreaterThan(-33);
            }
        }
        return tones.toString();
    }
}
