package io.ringback.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.testkit.fuzz.Fuzz;
import io.ringback.testkit.fuzz.Mutator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Audio files whose headers lie. */
class PromptFuzzTest {
    private static final int WAV_INPUTS = 2000;
    private static final int MP3_INPUTS = 150;
    private static final int LONGEST = 64 * 1024;

    /** A mono file at the lowest rate, a byte a sample, at 8 kHz: nothing grows more than the widest frame of MP3. */
    private static final int MOST_SAMPLES_PER_BYTE = 200;

    @Test
    void everyWavIsDecodedOrRefused() {
        Mutator mutator = new Mutator(
                List.of(
                        AudioFiles.wav(AudioFiles.PCM, 8000, 1),
                        AudioFiles.wav(AudioFiles.A_LAW, 8000, 2),
                        AudioFiles.wav(AudioFiles.MU_LAW, 16_000, 1)),
                List.of("RIFF", "RF64", "WAVE", "fmt ", "data", "LIST", "ds64", "\u00ff\u00ff\u00ff\u00ff", "\0\0"),
                LONGEST);
        Fuzz.run("WAV", WAV_INPUTS, mutator, PromptFuzzTest::decode);
    }

    @Test
    void everyMp3IsDecodedOrRefused() {
        Mutator mutator = new Mutator(
                List.of(AudioFiles.mp3(16_000, 1), AudioFiles.mp3(44_100, 2)), List.of("ID3", "TAG", "\0\0"), LONGEST);
        Fuzz.run("MP3", MP3_INPUTS, mutator, PromptFuzzTest::decode);
    }

    /** Else a file of a few bytes makes room for 256 MiB. */
    @Test
    void aTagThatClaimsMoreThanTheFileHasIsRefusedAndAnHonestOneSkipped() throws Exception {
        byte[] sound = AudioFiles.mp3(16_000, 1);
        byte[] lying = {'I', 'D', '3', 4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F, 0, 0};
        byte[] honest = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 2, 1, 1};
        byte[] tagged = Arrays.copyOf(honest, honest.length + sound.length);
        System.arraycopy(sound, 0, tagged, honest.length, sound.length);

        assertThatThrownBy(() -> AudioDecoder.decode(lying))
                .isInstanceOf(WrongFormatException.class)
                .hasMessageContaining("tag");
        assertThat(AudioDecoder.decode(tagged)).isEqualTo(AudioDecoder.decode(sound));
    }

    private static String decode(byte[] file) {
        try {
            assertThat(AudioDecoder.decode(file).length).isLessThanOrEqualTo(MOST_SAMPLES_PER_BYTE * file.length);
            return "decoded";
        } catch (WrongFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
            return "refused";
        }
    }
}
