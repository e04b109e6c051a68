package io.ringback.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.gateway.prompt.FreeTtsSynthesizer;
import io.ringback.media.AudioFormat;
import io.ringback.media.codec.G711;
import io.ringback.media.dtmf.DtmfTone;
import io.ringback.media.dtmf.InBandDetector;
import io.ringback.media.dtmf.KeySource;
import io.ringback.media.dtmf.KeySource.Way;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ten minutes of synthesized speech and noise, as a leg brings them: through µ-law, frame by frame. */
class InBandDigitsIT {
    private static final AudioFormat FORMAT = AudioFormat.NARROWBAND;
    private static final int SPEECH_SECONDS = 480;
    private static final int NOISE_SECONDS = 120;

    private static final List<String> SENTENCES = List.of(
            "The quick brown fox jumps over the lazy dog while seven wizards quarrel about a pickled onion.",
            "Your appointment with the dentist is on Wednesday the twenty third at half past four.",
            "Please hold the line, somebody will be with you in a minute, do not hang up.",
            "She sells sea shells by the sea shore; we owe you a year, no, nearly two years of wages.",
            "One, two, three, four, five, six, seven, eight, nine, zero. Oh, who knew? You do, too.",
            "Music in the evening, rain in the morning, and a humming engine under the hood all day long.",
            "If you would like to speak to an operator, say so now; otherwise stay where you are.");

    @Test
    void falseDigitsAreCountedAndNoneIsTakenFromALegWithTelephoneEvents() throws IOException {
        short[] sound = Arrays.copyOf(speech(), (SPEECH_SECONDS + NOISE_SECONDS) * FORMAT.sampleRate());
        addNoise(sound);
        System.out.printf(
                "In-band digits in %d min of speech and %d min of noise: %d false%n",
                SPEECH_SECONDS / 60, NOISE_SECONDS / 60, accepted(sound, false));
        addKeys(sound);
        assertThat(accepted(sound, false))
                .as("digits with sixteen real ones among them")
                .isGreaterThanOrEqualTo(16);
        assertThat(accepted(sound, true))
                .as("digits of a leg with telephone events")
                .isZero();
    }

    private static int accepted(short[] sound, boolean telephoneEvents) {
        InBandDetector detector = new InBandDetector(FORMAT);
        KeySource keys = new KeySource();
        keys.negotiated(telephoneEvents);
        short[] silence = new short[FORMAT.samplesPerCycle()];
        short[] frame = new short[FORMAT.samplesPerCycle()];
        int accepted = 0;
        for (int at = 0; at + frame.length <= sound.length; at += frame.length) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = G711.MU_LAW.decode(G711.MU_LAW.encode(sound[at + i]));
            }
            boolean found = detector.cycle(frame, silence) != DtmfTone.NONE;
            accepted += found && keys.accept(Way.IN_BAND) ? 1 : 0;
        }
        return accepted;
    }

    private static short[] speech() throws IOException {
        short[] speech = new short[SPEECH_SECONDS * FORMAT.sampleRate()];
        try (FreeTtsSynthesizer synthesizer = new FreeTtsSynthesizer()) {
            int at = 0;
            for (int i = 0; at < speech.length; i++) {
                String voice = synthesizer.voices().get(i / SENTENCES.size() % 2);
                short[] sentence = synthesizer
                        .speak(SENTENCES.get(i % SENTENCES.size()), voice)
                        .toMono(FORMAT);
                int length = Math.min(sentence.length, speech.length - at);
                System.arraycopy(sentence, 0, speech, at, length);
                at += length;
            }
        }
        return speech;
    }

    /** White noise, louder every ten seconds, behind the speech. */
    private static void addNoise(short[] sound) {
        Random random = new Random(11);
        int start = SPEECH_SECONDS * FORMAT.sampleRate();
        for (int i = start; i < sound.length; i++) {
            double level = 200.0 * (1 + (i - start) / (10 * FORMAT.sampleRate()));
            sound[i] = (short) (level * random.nextGaussian());
        }
    }

    /** Each key for 100 ms with silence around it, in the last seconds. */
    private static void addKeys(short[] sound) {
        int at = sound.length - 16 * 4000;
        Arrays.fill(sound, at, sound.length, (short) 0);
        for (int key = 0; key < 16; key++) {
            short[] tone = DtmfTone.sound(FORMAT, key, 100);
            System.arraycopy(tone, 0, sound, at + key * 4000 + 1600, tone.length);
        }
    }
}
