package io.ringback.testkit.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SoundToolsTest {
    @Test
    void theLevelOfAFrequencyIsItsOwnAlone() {
        short[] sound = new short[8000];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (short) Math.round(3276.7 * Math.sin(2 * Math.PI * 1000 * i / 8000)
                    + 327.67 * Math.sin(2 * Math.PI * 1500 * i / 8000));
        }
        assertThat(Spectrum.level(sound, 0, 8000, 8000, 1000)).isCloseTo(-20, within(0.05));
        assertThat(Spectrum.level(sound, 0, 8000, 8000, 1500)).isCloseTo(-40, within(0.1));
        assertThat(Spectrum.level(sound, 0, 8000, 8000, 1250)).isLessThan(-85);
        assertThat(Spectrum.level(sound, 0, 8000)).isCloseTo(-19.96, within(0.05));
        assertThat(Spectrum.level(new short[80], 0, 80)).isLessThan(-100);
    }

    @Test
    void literalTablesHoldTheEndsOfTheRecommendation() {
        assertThat(LiteralG711.muLaw((byte) 0x80)).isEqualTo((short) 32124);
        assertThat(LiteralG711.muLaw((byte) 0x00)).isEqualTo((short) -32124);
        assertThat(LiteralG711.muLaw((byte) 0xFF)).isZero();
        assertThat(LiteralG711.aLaw((byte) 0xAA)).isEqualTo((short) 32256);
        assertThat(LiteralG711.aLaw((byte) 0x55)).isEqualTo((short) -8);
    }

    @Test
    void aWavFileIsReadByChannel(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("two.wav");
        AudioFormat format = new AudioFormat(8000, 16, 2, true, false);
        byte[] frames = {1, 0, 2, 0, 3, 0, 4, 0};
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(frames), format, 2),
                AudioFileFormat.Type.WAVE,
                path.toFile());
        WavFile file = WavFile.read(path);
        assertThat(file.sampleRate()).isEqualTo(8000);
        assertThat(file.channels()).isEqualTo(2);
        assertThat(file.channel(0)).containsExactly(1, 3);
        assertThat(file.channel(1)).containsExactly(2, 4);
        Path text = Files.writeString(
                folder.resolve("text.wav"), "no sound at all, and long enough for a header to be looked for");
        assertThatThrownBy(() -> WavFile.read(text)).isInstanceOf(IOException.class);
    }
}
