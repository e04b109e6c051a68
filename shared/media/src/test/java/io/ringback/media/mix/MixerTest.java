package io.ringback.media.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MixerTest {
    private final List<MixLeg> legs = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void eachHearsTheSumOfTheOthers(int rate) {
        AudioFormat format = new AudioFormat(rate);
        long seed = Seeded.seed();
        Random random = new Random(seed);
        for (int count : new int[] {1, 2, 3, 50}) {
            legs.clear();
            for (int i = 0; i < count; i++) {
                MixLeg leg = leg(format, true);
                for (int s = 0; s < leg.spoken().length; s++) {
                    leg.spoken()[s] = (short) (random.nextInt(1201) - 600);
                }
            }
            short[] record = new short[format.samplesPerCycle()];
            new Mixer(format).mixOnce(legs, null, record);
            for (int s = 0; s < record.length; s++) {
                int all = 0;
                for (MixLeg leg : legs) {
                    all += leg.spoken()[s];
                }
                assertThat(record[s]).as("seed %d", seed).isEqualTo((short) all);
                for (MixLeg leg : legs) {
                    assertThat(leg.heard()[s]).as("seed %d", seed).isEqualTo((short) (all - leg.spoken()[s]));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void loudSumsAreClippedAlikeOnBothSides(int rate) {
        AudioFormat format = new AudioFormat(rate);
        for (int i = 0; i < 3; i++) {
            MixLeg leg = leg(format, true);
            leg.spoken()[0] = 30000;
            leg.spoken()[1] = -30000;
        }
        short[] record = new short[format.samplesPerCycle()];
        new Mixer(format).mixOnce(legs, null, record);
        assertThat(record).startsWith(32767, -32767);
        assertThat(legs.get(0).heard()).startsWith(32767, -32767);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void onlyTheListenersOwnShareIsTakenFromAClippedSum(int rate) {
        AudioFormat format = new AudioFormat(rate);
        MixLeg loud = leg(format, true);
        MixLeg soft = leg(format, true);
        loud.spoken()[0] = 32000;
        soft.spoken()[0] = 5000;
        new Mixer(format).mixOnce(legs, null, null);
        assertThat(soft.heard()[0]).isEqualTo((short) 32000);
        assertThat(loud.heard()[0]).isEqualTo((short) 5000);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void aMutedLegHearsAndIsNotHeard(int rate) {
        AudioFormat format = new AudioFormat(rate);
        MixLeg muted = leg(format, true);
        MixLeg other = leg(format, true);
        muted.muted(true);
        muted.spoken()[0] = 1000;
        other.spoken()[0] = 50;
        short[] record = new short[format.samplesPerCycle()];
        new Mixer(format).mixOnce(legs, null, record);
        assertThat(muted.heard()[0]).isEqualTo((short) 50);
        assertThat(other.heard()[0]).isZero();
        assertThat(record[0]).isEqualTo((short) 50);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void aHeldLegHearsItsMusicAtFullLevelAndNothingElse(int rate) {
        AudioFormat format = new AudioFormat(rate);
        MixLeg held = leg(format, true);
        MixLeg other = leg(format, true);
        held.held(true);
        held.spoken()[0] = 1000;
        other.spoken()[0] = 50;
        held.background(constant(format, 700));
        short[] record = new short[format.samplesPerCycle()];
        new Mixer(format).mixOnce(legs, constant(format, 9), record);
        assertThat(held.heard()).containsOnly(700);
        assertThat(other.heard()[0]).isEqualTo((short) 9);
        assertThat(record[0]).isEqualTo((short) 59);
        held.background(null);
        new Mixer(format).mixOnce(legs, constant(format, 9), record);
        assertThat(held.heard()).as("without music").containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void whatOneHearsInTheBackgroundLowersNothingAndReachesNobodyElse(int rate) {
        AudioFormat format = new AudioFormat(rate);
        MixLeg transferee = leg(format, true);
        MixLeg other = leg(format, true);
        other.spoken()[0] = 50;
        transferee.background(constant(format, 700));
        short[] record = new short[format.samplesPerCycle()];
        new Mixer(format).mixOnce(legs, null, record);
        assertThat(transferee.heard()[0]).isEqualTo((short) 750);
        assertThat(other.heard()[0]).isZero();
        assertThat(record[0]).isEqualTo((short) 50);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void aPlayToAHeldLegSoundsOverItsMusic(int rate) {
        AudioFormat format = new AudioFormat(rate);
        MixLeg held = leg(format, true);
        held.held(true);
        held.background(constant(format, 800));
        held.ownPrompt(constant(format, 100));
        new Mixer(format).mixOnce(legs, null, null);
        assertThat(held.heard()).containsOnly(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void theOwnPromptLowersAllElseByTwelveDecibels(int rate) {
        AudioFormat format = new AudioFormat(rate);
        MixLeg prompted = leg(format, true);
        MixLeg other = leg(format, true);
        other.spoken()[0] = 4000;
        prompted.ownPrompt(constant(format, 100));
        short[] record = new short[format.samplesPerCycle()];
        new Mixer(format).mixOnce(legs, constant(format, 800), record);
        double lowered = 20 * Math.log10((prompted.heard()[0] - 100) / 4800.0);
        assertThat(lowered).isBetween(-12.1, -11.9);
        assertThat(other.heard()[0]).as("others are not lowered").isEqualTo((short) 800);
        assertThat(record[0]).as("a prompt to one is not recorded").isEqualTo((short) 4800);
    }

    private MixLeg leg(AudioFormat format, boolean connected) {
        MixLeg leg = new MixLeg(format);
        leg.talking(connected);
        leg.listening(connected);
        legs.add(leg);
        return leg;
    }

    private static short[] constant(AudioFormat format, int value) {
        short[] frame = new short[format.samplesPerCycle()];
        Arrays.fill(frame, (short) value);
        return frame;
    }
}
