package io.ringback.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** How much sound a file may unpack to. */
class AudioDecoderTest {
    private static final int HEADER = 44;
    private static final int SECOND = 8000;

    @Test
    void halfAnHourIsTheLongestWav() throws WrongFormatException {
        assertThat(AudioDecoder.decode(wav(30 * 60))).hasSize(30 * 60 * SECOND);
        assertThatThrownBy(() -> AudioDecoder.decode(wav(30 * 60 + 1)))
                .isInstanceOf(WrongFormatException.class)
                .hasMessageContaining("30 minutes");
    }

    @Test
    void halfAnHourIsTheLongestMp3() {
        byte[] second = AudioFiles.mp3(16000, 1);
        Buffer longer = new Buffer();
        for (int i = 0; i < 30 * 60 + 1; i++) {
            longer.write(second);
        }
        assertThatThrownBy(() -> AudioDecoder.decode(longer.readByteArray()))
                .isInstanceOf(WrongFormatException.class)
                .hasMessageContaining("30 minutes");
    }

    @Test
    void anMp3UnpacksToNoMoreThanWhatFitsBesideOthers() {
        byte[] second = AudioFiles.mp3(48000, 1);
        Buffer longer = new Buffer();
        for (int i = 0; i < Mp3Decoder.MOST_SAMPLES / 48_000 + 2; i++) {
            longer.write(second);
        }
        assertThatThrownBy(() -> AudioDecoder.decode(longer.readByteArray()))
                .isInstanceOf(WrongFormatException.class)
                .hasMessageContaining("it unpacks to more than 33554432 samples");
    }

    /** µ-law, 8 kHz, mono. */
    private static byte[] wav(int seconds) {
        byte[] one = AudioFiles.wav(AudioFiles.MU_LAW, SECOND, 1);
        byte[] wav = Arrays.copyOf(one, HEADER + seconds * SECOND);
        ByteBuffer sizes = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        sizes.putInt(4, wav.length - 8);
        sizes.putInt(HEADER - 4, wav.length - HEADER);
        return wav;
    }
}
