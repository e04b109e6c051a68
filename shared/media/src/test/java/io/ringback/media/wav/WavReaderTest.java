package io.ringback.media.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.media.Sound;
import io.ringback.testkit.Seeded;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WavReaderTest {
    private static final byte[] TWO_SAMPLES = {0x34, 0x12, (byte) 0xFF, (byte) 0xFF};

    @Test
    void readsSixteenBitPcm() throws WavFormatException {
        Sound sound = WavReader.read(wav(fmt(1, 1, 44100, 16), chunk("data", TWO_SAMPLES)));
        assertThat(sound.sampleRate()).isEqualTo(44100);
        assertThat(sound.channels()).isEqualTo(1);
        assertThat(sound.samples()).containsExactly(0x1234, -1);
    }

    @Test
    void readsBothLawsAndStereo() throws WavFormatException {
        byte[] octets = {(byte) 0x80, 0x00, (byte) 0xFF, 0x55};
        Sound mu = WavReader.read(wav(fmt(7, 2, 8000, 8), chunk("data", octets)));
        assertThat(mu.frames()).isEqualTo(2);
        assertThat(mu.samples()).startsWith(32124, -32124, 0);
        Sound a = WavReader.read(wav(fmt(6, 1, 8000, 8), chunk("data", new byte[] {(byte) 0xD5, 0x55})));
        assertThat(a.samples()).containsExactly(8, -8);
    }

    @Test
    void readsTheExtensibleFormat() throws WavFormatException {
        ByteBuffer fmt = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        fmt.put(fmt(0xFFFE, 2, 48000, 16), 8, 16).putShort((short) 22).putShort((short) 16);
        fmt.putInt(3).putShort((short) 1);
        Sound sound = WavReader.read(wav(chunk("fmt ", fmt.array()), chunk("data", TWO_SAMPLES)));
        assertThat(sound.channels()).isEqualTo(2);
        assertThat(sound.samples()).containsExactly(0x1234, -1);
    }

    @Test
    void stepsOverOddChunksAndTheirPadding() throws WavFormatException {
        byte[] odd = chunk("LIST", new byte[] {1, 2, 3});
        Sound sound = WavReader.read(wav(odd, fmt(1, 1, 8000, 16), odd, chunk("data", TWO_SAMPLES), odd));
        assertThat(sound.samples()).containsExactly(0x1234, -1);
    }

    @Test
    void takesWhatIsThereOfAnUnfinishedFile() throws WavFormatException {
        byte[] data = chunk("data", TWO_SAMPLES);
        Arrays.fill(data, 4, 8, (byte) 0xFF);
        assertThat(WavReader.read(wav(fmt(1, 1, 8000, 16), data)).samples()).hasSize(2);
        byte[] cut = Arrays.copyOf(data, data.length - 1);
        assertThat(WavReader.read(wav(fmt(1, 1, 8000, 16), cut)).samples()).containsExactly(0x1234);
    }

    @Test
    void saysWhatIsWrong() {
        byte[] data = chunk("data", TWO_SAMPLES);
        refused("not a WAV file", "<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8));
        refused("without a whole format chunk", wav(data));
        refused("without a data chunk", wav(fmt(1, 1, 8000, 16)));
        refused("24-bit PCM", wav(fmt(1, 1, 8000, 24), data));
        refused("32-bit floating point", wav(fmt(3, 1, 8000, 32), data));
        refused("4-bit ADPCM", wav(fmt(17, 1, 8000, 4), data));
        refused("3 channels", wav(fmt(1, 3, 8000, 16), data));
        refused("0 channels", wav(fmt(1, 0, 8000, 16), data));
        refused("7999 samples per second", wav(fmt(1, 1, 7999, 16), data));
        refused("4294967295 samples per second", wav(fmt(1, 1, -1, 16), data));
        refused("without sound", wav(fmt(1, 1, 8000, 16), chunk("data", new byte[0])));
    }

    @Test
    void noBytesMakeItFailOtherwise() {
        long seed = Seeded.seed();
        Random random = new Random(seed);
        byte[] good = wav(chunk("LIST", new byte[7]), fmt(1, 2, 8000, 16), chunk("data", new byte[64]));
        for (int round = 0; round < 50_000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int change = random.nextInt(4); change > 0 && bad.length > 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(WavReader.read(bad).frames()).as("seed %d", seed).isPositive();
            } catch (WavFormatException refused) {
                assertThat(refused).as("seed %d", seed).hasMessageContaining("accepted are");
            }
        }
    }

    private static void refused(String why, byte[] file) {
        assertThatThrownBy(() -> WavReader.read(file))
                .isInstanceOf(WavFormatException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("8 to 48 kHz");
    }

    private static byte[] fmt(int code, int channels, int rate, int bits) {
        int frame = channels * bits / 8;
        ByteBuffer body = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        body.putShort((short) code).putShort((short) channels).putInt(rate).putInt(rate * frame);
        return chunk("fmt ", body.putShort((short) frame).putShort((short) bits).array());
    }

    private static byte[] chunk(String id, byte[] body) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + body.length + body.length % 2).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(id.getBytes(StandardCharsets.US_ASCII))
                .putInt(body.length)
                .put(body)
                .array();
    }

    private static byte[] wav(byte[]... chunks) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("RIFF\0\0\0\0WAVE".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            file.writeBytes(chunk);
        }
        return file.toByteArray();
    }
}
