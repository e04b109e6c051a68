package io.ringback.media.wav;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.media.ToneGenerator;
import io.ringback.media.record.SpoolWriter;
import io.ringback.media.wav.WavComposer.Channel;
import io.ringback.testkit.sound.AlignedSnr;
import io.ringback.testkit.sound.Spectrum;
import io.ringback.testkit.sound.WavFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform's own WAV reader, and sox, are the judges. */
final class WavComposerTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void eachToneStandsInItsOwnChannelOnlyAndInItsPlace(int rate) throws IOException {
        AudioFormat format = new AudioFormat(rate);
        double[] hertz = {500, 900, 1300, 1700};
        int[] fromMillis = {0, 1000, 1500, 0};
        int[] millis = {4000, 1000, 2500, 3000};
        List<Channel> channels = new ArrayList<>();
        List<short[]> tones = new ArrayList<>();
        for (int i = 0; i < hertz.length; i++) {
            tones.add(new ToneGenerator(format).tone(millis[i], new double[] {hertz[i]}, new double[] {-12}));
            channels.add(channel(i, format, tones.get(i), format.samples(fromMillis[i])));
        }
        Path composed = folder.resolve("composed.wav");
        assertThat(WavComposer.compose(composed, rate, channels)).isEqualTo(format.samples(4000));
        WavFile file = WavFile.read(composed);
        assertThat(file.channels()).isEqualTo(4);
        assertThat(file.sampleRate()).isEqualTo(rate);
        for (int i = 0; i < hertz.length; i++) {
            short[] channel = file.channel(i);
            for (int other = 0; other < hertz.length; other++) {
                double level = Spectrum.level(channel, 0, channel.length, rate, hertz[other]);
                if (other == i) {
                    assertThat(level).isGreaterThan(-30);
                } else {
                    assertThat(level).isLessThan(-80);
                }
            }
            AlignedSnr place = AlignedSnr.of(tones.get(i), channel, rate);
            assertThat(place.offsetMillis()).isEqualTo(fromMillis[i]);
            assertThat(place.snrDb()).isGreaterThan(90);
            int end = format.samples(fromMillis[i] + millis[i]);
            for (int at = end; at < channel.length; at++) {
                assertThat(channel[at]).isZero();
            }
        }
    }

    @Test
    void soxReadsAsManyChannelsAsThereMayBe() throws IOException, InterruptedException {
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            short[] constant = new short[800];
            Arrays.fill(constant, (short) (100 + i));
            channels.add(channel(i, AudioFormat.NARROWBAND, constant, 0));
        }
        Path composed = folder.resolve("composed.wav");
        WavComposer.compose(composed, 8000, channels);
        byte[] raw = sox(composed.toString(), "-t", "raw", "-");
        ByteBuffer samples = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(raw).hasSize(800 * 32 * 2);
        for (int i = 0; samples.hasRemaining(); i = (i + 1) % 32) {
            assertThat(samples.getShort()).isEqualTo((short) (100 + i));
        }
    }

    @Test
    void aMissingSpoolAndAHalfWrittenSampleHarmNobody() throws IOException {
        Channel torn = channel(0, AudioFormat.NARROWBAND, new short[] {1, 2, 3}, 1);
        Files.write(torn.raw(), new byte[] {7}, StandardOpenOption.APPEND);
        Channel missing = new Channel(folder.resolve("never written"), 2);
        Path composed = folder.resolve("composed.wav");
        assertThat(WavComposer.compose(composed, 8000, List.of(torn, missing))).isEqualTo(4);
        WavFile file = WavFile.read(composed);
        assertThat(file.channel(0)).containsExactly(0, 1, 2, 3);
        assertThat(file.channel(1)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void whatOutgrowsTheSizesOfRiffBecomesRf64() throws IOException, InterruptedException {
        short[] ramp = new short[20_000];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (short) i;
        }
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            channels.add(channel(i, AudioFormat.NARROWBAND, ramp, i));
        }
        Path composed = folder.resolve("composed.wav");
        long data = (ramp.length + 2) * 2L * 3;
        WavComposer.compose(composed, 8000, channels, data - 1);
        ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(composed)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(header.array(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RF64");
        assertThat(header.getInt(4)).isEqualTo(-1);
        assertThat(header.getLong(20)).isEqualTo(Files.size(composed) - 8);
        assertThat(header.getLong(28)).isEqualTo(data);
        assertThat(header.getLong(36)).isEqualTo(ramp.length + 2);
        ByteBuffer samples =
                ByteBuffer.wrap(sox(composed.toString(), "-t", "raw", "-")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(samples.remaining()).isEqualTo(data);
        for (int frame = 0; frame < ramp.length + 2; frame++) {
            for (int channel = 0; channel < 3; channel++) {
                int at = frame - channel;
                assertThat(samples.getShort()).isEqualTo(at < 0 || at >= ramp.length ? 0 : ramp[at]);
            }
        }
    }

    private Channel channel(int number, AudioFormat format, short[] samples, long firstFrame) throws IOException {
        Path raw = folder.resolve(number + ".raw");
        try (SpoolWriter spool = SpoolWriter.create(raw, format)) {
            spool.write(samples, 0, samples.length);
        }
        return new Channel(raw, firstFrame);
    }

    private static byte[] sox(String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/sox")), "sox is not installed");
        List<String> command = new ArrayList<>(List.of("/usr/bin/sox"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream out = process.getInputStream()) {
            byte[] bytes = out.readAllBytes();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            return bytes;
        } finally {
            process.destroyForcibly();
        }
    }
}
