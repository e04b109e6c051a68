package io.ringback.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResamplerTest {
    @ParameterizedTest
    @CsvSource({"48000,8000", "44100,8000", "22050,8000", "11025,8000", "12345,8000", "8000,16000", "48000,16000"})
    void aToneKeepsLevelAndFrequencyAndGainsNothingElse(int from, int to) {
        short[] output = new Resampler(from, to).resample(sine(from, 1000, 10000));
        assertThat(output).hasSize(to);
        double residue = 0;
        double power = 0;
        for (int i = to / 10; i < to * 9 / 10; i++) {
            double wanted = 10000 * Math.sin(2 * Math.PI * 1000 * i / to);
            power += wanted * wanted;
            residue += (output[i] - wanted) * (output[i] - wanted);
        }
        assertThat(10 * Math.log10(power / residue)).as("dB").isGreaterThan(70);
    }

    @ParameterizedTest
    @CsvSource({"48000,8000,3300", "8000,16000,3300"})
    void theTelephoneBandPasses(int from, int to, int frequency) {
        assertThat(level(new Resampler(from, to).resample(sine(from, frequency, 10000))))
                .isBetween(-0.2, 0.2);
    }

    @ParameterizedTest
    @CsvSource({"48000,8000,4100", "48000,8000,7000", "44100,8000,20000", "16000,8000,5000"})
    void nothingFoldsBackFromAbove(int from, int to, int frequency) {
        assertThat(level(new Resampler(from, to).resample(sine(from, frequency, 10000))))
                .isLessThan(-70);
    }

    /** Level against a sine of amplitude 10000, in dB, edges left out. */
    private static double level(short[] sound) {
        double power = 0;
        for (int i = sound.length / 10; i < sound.length * 9 / 10; i++) {
            power += sound[i] * (double) sound[i];
        }
        return 10 * Math.log10(Math.max(power, 1) / (sound.length * 0.8) / 5e7);
    }

    private static short[] sine(int rate, int frequency, int amplitude) {
        short[] sound = new short[rate];
        for (int i = 0; i < rate; i++) {
            sound[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * frequency * i / rate));
        }
        return sound;
    }
}
