package io.ringback.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Talk-off: ten minutes of voices made of gliding harmonics under formants, of noise and of tones. */
final class TalkOffTest {
    private static final int RATE = 8000;
    private static final int SECONDS = 600;

    private final Random random = new Random(99);
    private final double[] phases = new double[40];

    @Test
    void voicesAndNoiseAreHardlyEverTakenForAKey() {
        InBandDetector detector = new InBandDetector(AudioFormat.NARROWBAND);
        short[] silence = new short[160];
        short[] frame = new short[160];
        int found = 0;
        for (int second = 0; second < SECONDS; second++) {
            short[] sound = second % 6 == 5 ? noise() : voice();
            for (int at = 0; at < sound.length; at += 160) {
                System.arraycopy(sound, at, frame, 0, 160);
                int key = detector.cycle(frame, silence);
                if (key != DtmfTone.NONE) {
                    found++;
                    System.out.printf("talk-off: key %d in second %d%n", key, second);
                }
            }
        }
        System.out.printf("talk-off: %d false keys in %d s of made-up voices and noise%n", found, SECONDS);
        assertThat(found).isLessThanOrEqualTo(3);
    }

    /** A second of syllables: pitch glides, three formants wander, loudness swells. */
    private short[] voice() {
        short[] sound = new short[RATE];
        double pitch = 80 + random.nextInt(270);
        for (int from = 0; from < RATE; ) {
            int length = Math.min(RATE - from, 600 + random.nextInt(2400));
            double glide = (random.nextDouble() - 0.5) * 0.3 * pitch / length;
            double[] formants = {250 + random.nextInt(650), 850 + random.nextInt(1500), 2400 + random.nextInt(900)};
            double width = 60 + random.nextInt(200);
            double loudness = 500 + random.nextInt(8000);
            for (int i = 0; i < length; i++) {
                sound[from + i] = sample(pitch, formants, width, loudness * Math.sin(Math.PI * i / length));
                pitch += glide;
            }
            pitch = Math.max(70, Math.min(400, pitch));
            from += length;
        }
        return sound;
    }

    private short sample(double pitch, double[] formants, double width, double loudness) {
        double sum = 0;
        for (int h = 1; h <= phases.length && h * pitch < RATE / 2.0; h++) {
            phases[h - 1] += 2 * Math.PI * h * pitch / RATE;
            double gain = 0;
            for (double formant : formants) {
                double off = (h * pitch - formant) / width;
                gain += 1 / (1 + off * off);
            }
            sum += gain * Math.sin(phases[h - 1]);
        }
        return (short) Math.max(-32767, Math.min(32767, loudness * sum));
    }

    private short[] noise() {
        short[] sound = new short[RATE];
        double loudness = 200 + random.nextInt(6000);
        for (int i = 0; i < RATE; i++) {
            sound[i] = (short) Math.max(-32767, Math.min(32767, loudness * random.nextGaussian()));
        }
        return sound;
    }
}
