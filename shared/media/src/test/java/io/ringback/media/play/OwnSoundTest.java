package io.ringback.media.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.media.ToneGenerator;
import io.ringback.media.mix.MixLeg;
import io.ringback.media.mix.Mixer;
import io.ringback.testkit.sound.Spectrum;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one leg and its neighbour hear, judged by spectrum. */
final class OwnSoundTest {
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

    /** A leg of two; the other one says nothing, but hears. */
    private static final class Scene {
        final AudioFormat format;
        final OwnSound own;
        final MixLeg place;
        final MixLeg other;
        final Mixer mixer;

        Scene(int rate) {
            format = new AudioFormat(rate);
            own = new OwnSound(format, NOBODY);
            place = new MixLeg(format);
            other = new MixLeg(format);
            mixer = new Mixer(format);
            for (MixLeg leg : List.of(place, other)) {
                leg.talking(true);
                leg.listening(true);
            }
        }

        short[] tone(double hertz, int millis) {
            return new ToneGenerator(format).tone(millis, new double[] {hertz}, new double[] {-20});
        }

        /** What the leg hears in so many ms; nobody else ever hears any of it. */
        short[] hear(int millis) {
            short[] heard = new short[format.samples(millis)];
            short[] record = new short[format.samplesPerCycle()];
            for (int at = 0; at < heard.length; at += record.length) {
                own.fill(place);
                mixer.mixOnce(List.of(place, other), null, record);
                System.arraycopy(place.heard(), 0, heard, at, record.length);
                assertThat(other.heard()).containsOnly(0);
                assertThat(record).containsOnly(0);
            }
            return heard;
        }

        double level(short[] sound, int fromMillis, int toMillis, double hertz) {
            int rate = format.sampleRate();
            return Spectrum.level(sound, format.samples(fromMillis), format.samples(toMillis), rate, hertz);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void theRingbackToneIsTwoSecondsOfTwoFrequenciesAndFourOfSilence(int rate) {
        Scene scene = new Scene(rate);
        scene.own.ringback(RingbackTone.period(scene.format));
        short[] heard = scene.hear(9000);
        for (int start : new int[] {0, 6000}) {
            assertThat(scene.level(heard, start + 20, start + 1980, 440)).isBetween(-22.2, -21.8);
            assertThat(scene.level(heard, start + 20, start + 1980, 480)).isBetween(-22.2, -21.8);
        }
        assertThat(Arrays.copyOfRange(heard, scene.format.samples(2000), scene.format.samples(6000)))
                .containsOnly(0);
        scene.own.ringback(null);
        assertThat(scene.hear(100)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void holdMusicGoesRoundWithoutASeamOnlyWhileHeld(int rate) {
        Scene scene = new Scene(rate);
        scene.own.ringback(RingbackTone.period(scene.format));
        short[] music = new short[scene.format.samples(37)];
        for (int i = 0; i < music.length; i++) {
            music[i] = (short) (1000 + i);
        }
        scene.own.music(music);
        scene.place.held(true);
        short[] heard = scene.hear(400);
        for (int i = 0; i < heard.length; i++) {
            assertThat(heard[i]).isEqualTo(music[i % music.length]);
        }
        scene.place.held(false);
        assertThat(scene.level(scene.hear(1000), 0, 1000, 440)).isGreaterThan(-23);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void earlyMediaOfAnotherLegTakesThePlaceOfTheRingbackTone(int rate) {
        Scene scene = new Scene(rate);
        MixLeg ringing = new MixLeg(scene.format);
        Arrays.fill(ringing.spoken(), (short) 345);
        scene.own.ringback(RingbackTone.period(scene.format));
        scene.own.earlyMedia(ringing);
        assertThat(scene.hear(100)).containsOnly(345);
        scene.own.earlyMedia(null);
        assertThat(scene.hear(100)).doesNotContain((short) 345);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void aPlayToTheLegSoundsOverTheRestWhichIsTwelveDecibelsLower(int rate) {
        Scene scene = new Scene(rate);
        scene.own.music(scene.tone(500, 3000));
        scene.place.held(true);
        double alone = scene.level(scene.hear(1000), 20, 1000, 500);
        scene.own.plays().add("p", false, 0);
        scene.own.plays().ready("p", scene.tone(1500, 1000));
        short[] both = scene.hear(1000);
        assertThat(scene.level(both, 20, 980, 1500)).isBetween(-20.3, -19.7);
        assertThat(alone - scene.level(both, 20, 980, 500)).isBetween(11.5, 12.5);
    }
}
