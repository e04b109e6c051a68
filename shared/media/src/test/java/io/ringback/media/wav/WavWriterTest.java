package io.ringback.media.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.media.AudioFormat;
import io.ringback.media.Sound;
import io.ringback.testkit.disk.FullChannel;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform's own WAV reader is the judge where it can be. */
final class WavWriterTest {
    @TempDir
    private Path folder;

    private final short[] ramp = new short[8000];

    WavWriterTest() {
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (short) (i * 4 - 16000);
        }
    }

    @Test
    void anotherReaderReadsWhatWasWritten() throws IOException, UnsupportedAudioFileException {
        Path path = folder.resolve("stereo.wav");
        try (WavWriter writer = WavWriter.create(path, new AudioFormat(16000), 2)) {
            writer.write(ramp, 2, 6);
            assertThat(writer.frames()).isEqualTo(3);
        }
        try (AudioInputStream read = AudioSystem.getAudioInputStream(path.toFile())) {
            assertThat(read.getFormat().getSampleRate()).isEqualTo(16000);
            assertThat(read.getFormat().getChannels()).isEqualTo(2);
            assertThat(read.getFrameLength()).isEqualTo(3);
            ByteBuffer bytes = ByteBuffer.wrap(read.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 6; i++) {
                assertThat(bytes.getShort()).isEqualTo(ramp[2 + i]);
            }
        }
    }

    @Test
    void anOpenFileHoldsAllButTheLastSecond() throws IOException, UnsupportedAudioFileException {
        File path = folder.resolve("open.wav").toFile();
        try (WavWriter writer = WavWriter.create(path.toPath(), AudioFormat.NARROWBAND, 1)) {
            for (int cycle = 0; cycle < 125; cycle++) {
                writer.write(ramp, cycle * 8, 160);
            }
            try (AudioInputStream read = AudioSystem.getAudioInputStream(path)) {
                assertThat(read.getFrameLength()).isEqualTo(16000);
            }
        }
        try (AudioInputStream read = AudioSystem.getAudioInputStream(path)) {
            assertThat(read.getFrameLength()).isEqualTo(20000);
        }
    }

    @Test
    void anExistingFileIsNotTouched() throws IOException {
        Path path = Files.writeString(folder.resolve("there.wav"), "precious");
        assertThatThrownBy(() -> WavWriter.create(path, AudioFormat.NARROWBAND, 1))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(path).hasContent("precious");
    }

    @Test
    void whatWasKilledInTheMiddleIsWholeAfterRecovery() throws IOException {
        Path path = folder.resolve("killed.wav");
        WavWriter.create(path, AudioFormat.NARROWBAND, 2).close();
        byte[] tail = new byte[4 * 1000 + 3];
        tail[0] = 42;
        Files.write(path, tail, StandardOpenOption.APPEND);

        assertThat(WavRecovery.repair(path)).isEqualTo(1000);

        Sound sound = WavReader.read(Files.readAllBytes(path));
        assertThat(sound.frames()).isEqualTo(1000);
        assertThat(sound.samples()[0]).isEqualTo((short) 42);
        assertThat(Files.size(path)).isEqualTo(80 + 4000);
        assertThat(ByteBuffer.wrap(Files.readAllBytes(path))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt(76))
                .isEqualTo(4000);
    }

    @Test
    void recoveryRefusesWhatIsNoRecording() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.wav"));
        Path text = Files.writeString(folder.resolve("text.wav"), "x".repeat(200));
        for (Path path : new Path[] {empty, text}) {
            assertThatThrownBy(() -> WavRecovery.repair(path))
                    .isInstanceOf(WavFormatException.class)
                    .hasMessageContaining("no recording");
        }
        assertThat(text).hasSize(200);
    }

    @Test
    void beyondTheLimitItBecomesRf64() throws IOException {
        Path path = folder.resolve("long.wav");
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (WavWriter writer = new WavWriter(file, 8000, 1, 0, 15_998)) {
            writer.write(ramp, 0, 7999);
            writer.flush();
            assertThat(tag(path, 0)).isEqualTo("RIFF");
            writer.write(ramp, 7999, 1);
        }
        checkRf64(path, 16000);
        assertThat(WavReader.read(Files.readAllBytes(path)).samples()).isEqualTo(ramp);
    }

    @Test
    void fiveGibibytesAreRecoveredAsRf64() throws IOException {
        Path path = folder.resolve("huge.wav");
        WavWriter.create(path, AudioFormat.NARROWBAND, 1).close();
        long data = 5L << 30;
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(80 + data);
        }
        assertThat(WavRecovery.repair(path)).isEqualTo(data / 2);
        checkRf64(path, data);
    }

    /** What a full disk did not take is written when there is room again, nothing of it twice. */
    @Test
    void goesOnWhereAFullDiskCutItOff() throws IOException {
        Path path = folder.resolve("cut.wav");
        FullChannel disk = new FullChannel(FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        short[] sound = new short[400];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (short) (i + 1);
        }
        try (WavWriter writer = new WavWriter(disk, 8000, 1, 0, WavHeader.RIFF_LIMIT)) {
            writer.write(sound, 0, 200);
            disk.leaveRoomFor(150);
            assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);
            disk.leaveRoomFor(Integer.MAX_VALUE);
            writer.write(sound, 200, 200);
        }

        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        short[] read = new short[400];
        written.position(WavWriter.headerBytes(1)).asShortBuffer().get(read);
        assertThat(read).isEqualTo(sound);
    }

    private static void checkRf64(Path path, long data) throws IOException {
        assertThat(tag(path, 0)).isEqualTo("RF64");
        assertThat(tag(path, 12)).isEqualTo("ds64");
        ByteBuffer header = header(path);
        assertThat(header.getInt(4)).isEqualTo(-1);
        assertThat(header.getInt(76)).isEqualTo(-1);
        assertThat(header.getLong(20)).isEqualTo(data + 72);
        assertThat(header.getLong(28)).isEqualTo(data);
        assertThat(header.getLong(36)).isEqualTo(data / 2);
    }

    private static String tag(Path path, int at) throws IOException {
        return new String(header(path).array(), at, 4, StandardCharsets.US_ASCII);
    }

    private static ByteBuffer header(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            ByteBuffer header = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
            file.read(header, 0);
            return header;
        }
    }
}
