package io.ringback.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.media.ToneGenerator;
import io.ringback.media.codec.G711;
import io.ringback.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of ITU-T Q.24, annex A (its columns for AT&amp;T and NTT), with 0 dBm0 = −3.1 dBFS. */
final class InBandDetectorTest {
    private static final double WEAKEST_ACCEPTED = -25 - 3.1;

    private AudioFormat format = AudioFormat.NARROWBAND;
    private final long seed = Seeded.seed();
    private final Random random = new Random(seed);

    private List<Integer> keysIn(short[] received) {
        return keysIn(received, new short[received.length]);
    }

    private List<Integer> keysIn(short[] received, short[] sent) {
        InBandDetector detector = new InBandDetector(format);
        int frame = format.samplesPerCycle();
        List<Integer> keys = new ArrayList<>();
        short[] in = new short[frame];
        short[] out = new short[frame];
        for (int at = 0; at + frame <= received.length; at += frame) {
            System.arraycopy(received, at, in, 0, frame);
            System.arraycopy(sent, at, out, 0, frame);
            int key = detector.cycle(in, out);
            if (key != DtmfTone.NONE) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** A pair in silence, beginning anywhere in a cycle. */
    private short[] pair(int key, int millis, double factor, double lowLevel, double highLevel) {
        double[] pair = DtmfTone.frequencies(key);
        pair[0] *= factor;
        pair[1] *= factor;
        return inSilence(new ToneGenerator(format).tone(millis, pair, new double[] {lowLevel, highLevel}));
    }

    private short[] inSilence(short[]... parts) {
        int length = format.samples(300);
        for (short[] part : parts) {
            length += part.length;
        }
        short[] all = new short[length];
        int at = random.nextInt(format.samplesPerCycle());
        for (short[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void everyKeyIsFoundOnceInFortyMillisecondsWhereverItBegins(int rate) {
        format = new AudioFormat(rate);
        for (int key = 0; key < 16; key++) {
            for (int round = 0; round < 20; round++) {
                assertThat(keysIn(pair(key, 40, 1, -10, -10)))
                        .as("key %d, seed %d", key, seed)
                        .containsExactly(key);
            }
            assertThat(keysIn(pair(key, 1000, 1, -10, -10))).as("key %d", key).containsExactly(key);
        }
    }

    @Test
    void afterMuLawAllKeysAreStillFound() {
        for (int key = 0; key < 16; key++) {
            short[] sound = pair(key, 45, 1, WEAKEST_ACCEPTED, WEAKEST_ACCEPTED);
            for (int i = 0; i < sound.length; i++) {
                sound[i] = G711.MU_LAW.decode(G711.MU_LAW.encode(sound[i]));
            }
            assertThat(keysIn(sound)).as("key %d, seed %d", key, seed).containsExactly(key);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.985,true", "1.015,true", "0.965,false", "1.035,false", "0.95,false", "1.06,false"})
    void frequenciesMayBeOnePointFivePercentOffAndNotThreePointFive(double factor, boolean accepted) {
        for (int key = 0; key < 16; key++) {
            List<Integer> found = keysIn(pair(key, 60, factor, -10, -10));
            assertThat(found.contains(key))
                    .as("key %d, seed %d: %s", key, seed, found)
                    .isEqualTo(accepted);
            assertThat(found.size()).as("key %d, seed %d: %s", key, seed, found).isEqualTo(accepted ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"-14,-10,true", "-10,-18,true", "-20,-10,false", "-10,-24,false"})
    void theHighFrequencyMayBeFourDecibelsAboveOrEightBelow(double low, double high, boolean accepted) {
        for (int key = 0; key < 16; key++) {
            List<Integer> found = keysIn(pair(key, 50, 1, low, high));
            assertThat(found.contains(key)).as("key %d, seed %d", key, seed).isEqualTo(accepted);
        }
    }

    @ParameterizedTest
    @CsvSource({"-3.1,true", "-28.1,true", "-58,false"})
    void levelsFromZeroToMinusTwentyFiveAreFound(double level, boolean accepted) {
        for (int key = 0; key < 16; key++) {
            double each = Math.min(level, -6.1);
            assertThat(keysIn(pair(key, 50, 1, each, each)).contains(key))
                    .as("key %d", key)
                    .isEqualTo(accepted);
        }
    }

    @Test
    void aBurstOfTwentyThreeMillisecondsIsNoPress() {
        for (int key = 0; key < 16; key++) {
            for (int round = 0; round < 20; round++) {
                assertThat(keysIn(pair(key, 23, 1, -10, -10)))
                        .as("key %d, seed %d", key, seed)
                        .isEmpty();
            }
        }
    }

    @Test
    void aBreakOfFortyMillisecondsDividesAndOneOfTenDoesNot() {
        short[] tone = DtmfTone.sound(format, 5, 60);
        for (int round = 0; round < 50; round++) {
            assertThat(keysIn(inSilence(tone, new short[format.samples(40)], tone)))
                    .as("seed %d", seed)
                    .containsExactly(5, 5);
            assertThat(keysIn(inSilence(tone, new short[format.samples(10)], tone)))
                    .as("seed %d", seed)
                    .containsExactly(5);
        }
    }

    @Test
    void keysWithoutABreakBetweenAreTold() {
        short[] sound = inSilence(DtmfTone.sound(format, 1, 60), DtmfTone.sound(format, 11, 60));
        assertThat(keysIn(sound)).containsExactly(1, 11);
    }

    @Test
    void noiseFifteenDecibelsBelowChangesNothing() {
        int missed = 0;
        for (int round = 0; round < 1000; round++) {
            short[] sound = pair(round % 16, 50, 1, -13, -13);
            for (int i = 0; i < sound.length; i++) {
                sound[i] += (short) (random.nextGaussian() * 32767 * Math.pow(10, (-10 - 3 - 15) / 20.0));
            }
            missed += keysIn(sound).equals(List.of(round % 16)) ? 0 : 1;
        }
        assertThat(missed).as("of 1000, seed %d", seed).isLessThan(3);
    }

    @Test
    void oneFrequencyAloneOrThreeAreNoKey() {
        ToneGenerator tones = new ToneGenerator(format);
        assertThat(keysIn(inSilence(tones.tone(100, new double[] {697}, new double[] {-10}))))
                .isEmpty();
        assertThat(keysIn(inSilence(tones.tone(100, new double[] {1209}, new double[] {-10}))))
                .isEmpty();
        assertThat(keysIn(inSilence(tones.tone(100, new double[] {697, 1209, 2000}, new double[] {-12, -12, -12}))))
                .isEmpty();
        assertThat(keysIn(inSilence(tones.tone(500, new double[] {350, 440}, new double[] {-10, -10}))))
                .isEmpty();
    }

    @Test
    void theEchoOfOurOwnPairIsNoPressAndAnotherKeyIs() {
        short[] prompt = new short[format.samples(2000)];
        short[] tone = DtmfTone.sound(format, 5, 100);
        System.arraycopy(tone, 0, prompt, format.samples(100), tone.length);
        short[] received = new short[prompt.length];
        System.arraycopy(tone, 0, received, format.samples(150), tone.length);
        System.arraycopy(DtmfTone.sound(format, 6, 60), 0, received, format.samples(400), format.samples(60));
        System.arraycopy(tone, 0, received, format.samples(1000), tone.length);
        assertThat(keysIn(received, prompt)).as("5 again half a second after").containsExactly(6, 5);
    }
}
