package io.ringback.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is played of the files that are fetched, and what is said of the others. */
class PromptFormatsTest extends FromServer {
    @ParameterizedTest
    @CsvSource({
        "1, 8000, 1", "1, 8000, 2", "1, 11025, 1", "1, 16000, 1", "1, 22050, 2", "1, 24000, 1", "1, 32000, 1",
        "1, 44100, 2", "1, 48000, 1", "1, 48000, 2", "6, 8000, 1", "6, 8000, 2", "7, 8000, 1", "7, 16000, 2"
    })
    void playsEveryKindOfWav(int coding, int rate, int channels) throws Exception {
        server.enqueue(file(AudioFiles.wav(coding, rate, channels)));
        assertThatItIsASecondOfTheTone(audio(fetch("/prompt.wav")));
    }

    @ParameterizedTest
    @CsvSource({"16000, 1", "22050, 1", "44100, 2", "48000, 1"})
    void playsMp3(int rate, int channels) throws Exception {
        server.enqueue(file(AudioFiles.mp3(rate, channels)));
        short[] samples = audio(fetch("/prompt"));
        // The encoder pads at both ends.
        assertThat(samples.length).isBetween(8000, 9500);
        assertThat(crossings(samples)).isBetween(960, 1040);
    }

    @ParameterizedTest
    @CsvSource({
        "<!DOCTYPE html><p>, a web page",
        "OggS1234, an Ogg file",
        "fLaC1234, a FLAC file",
        "hello, no audio",
        "{}, text",
        "'', empty"
    })
    void namesWhatIsNoAudio(String content, String named) throws Exception {
        server.enqueue(file(content.getBytes(StandardCharsets.UTF_8)));
        assertRefused(fetch("/prompt.wav"), PromptLibrary.WRONG_FORMAT, "/prompt.wav", named);
    }

    @Test
    void namesAWavOfAnotherKind() throws Exception {
        server.enqueue(file(AudioFiles.wav(AudioFiles.PCM, 96000, 1)));
        assertRefused(fetch("/prompt.wav"), PromptLibrary.WRONG_FORMAT, "96000", "8 to 48 kHz");
    }

    @Test
    void survivesDamagedMp3() throws Exception {
        byte[] mp3 = AudioFiles.mp3(44100, 1);
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            byte[] damaged = mp3.clone();
            for (int i = 0; i < 200; i++) {
                damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt();
            }
            server.enqueue(file(damaged));
            assertThat(fetch("/damaged-" + round)).isNotNull();
        }
    }

    private static void assertThatItIsASecondOfTheTone(short[] samples) {
        assertThat(samples.length).isBetween(7999, 8001);
        assertThat(crossings(samples)).isBetween(990, 1010);
    }

    /** Changes of sign, near silence left out. */
    private static int crossings(short[] samples) {
        int crossings = 0;
        int sign = 0;
        for (short sample : samples) {
            int now = Math.abs(sample) < 1000 ? sign : Integer.signum(sample);
            crossings += sign != 0 && now != sign ? 1 : 0;
            sign = now;
        }
        return crossings;
    }
}
