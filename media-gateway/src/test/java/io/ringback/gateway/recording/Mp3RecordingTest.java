package io.ringback.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.gateway.call.InMemoryRecordingFiles;
import io.ringback.media.AudioFormat;
import io.ringback.testkit.sound.AlignedSnr;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MP3 recordings, judged by JLayer, which shares nothing with the encoder. */
class Mp3RecordingTest {
    private static final GatewayRef LIFE = new GatewayRef("gw-1", "01J00000000000000000000001");
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
    private static final double ANN = 500;
    private static final double BOB = 900;

    /** How far a decoder's sound lies behind: 576 samples of the encoder, 529 of the decoder. */
    private static final double DELAY_MILLIS = 1105 / 8.0;

    private final InMemoryRecordingFiles store = new InMemoryRecordingFiles();
    private final Path folder;
    private final RecordingRoom room;
    private final ActiveRecording recording;
    private final TalkingCall call;

    Mp3RecordingTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        room = new RecordingRoom(folder, store, AudioFormat.NARROWBAND, 1, Duration.ofMillis(1));
        recording = room.begin(
                "call-1",
                LIFE,
                new SetRecording("r-1", Wanted.RECORDING, Channels.MIXED, Format.MP3, START.plusSeconds(30)),
                START);
        call = new TalkingCall(recording.recorder());
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void itIsMpeg25LayerThreeAtTheRateOfTheCallWithItsSoundInPlace() throws Exception {
        short[] mixed = sweep();
        for (int at = 0; at < mixed.length; at += 160) {
            recording.recorder().cycle(Arrays.copyOfRange(mixed, at, at + 160), null);
        }
        RecordingFile file = stop();
        byte[] mp3 = store.read("r-1.mp3", 0, (int) file.sizeBytes());
        assertThat(file.contentKey()).isEqualTo("r-1.mp3");
        assertThat(file.durationMs()).isEqualTo(3000);
        assertThat(file.channels()).isEqualTo(1);
        assertThat(store.contentType("r-1.mp3")).isEqualTo("audio/mpeg");
        // Sync, MPEG-2.5, layer III, no checksum; 24 kbit/s, 8 kHz, no padding; one channel.
        assertThat(HexFormat.of().formatHex(mp3, 0, 3)).isEqualTo("ffe338");
        assertThat(mp3[3] & 0xC0).isEqualTo(0xC0);
        assertThat(mp3.length).as("the wire of a telephone carries 64 kbit/s").isLessThan(3 * 24_000 / 8 + 1000);
        short[] heard = decode(mp3);
        AlignedSnr place = AlignedSnr.of(mixed, heard, 8000);
        assertThat(place.offsetMillis()).isBetween(DELAY_MILLIS - 1, DELAY_MILLIS + 1);
        assertThat(place.endOffsetMillis()).isBetween(DELAY_MILLIS - 1, DELAY_MILLIS + 1);
        assertThat(place.snrDb()).isGreaterThan(12);
    }

    @Test
    void aPausesPlaceInTheFileIsTheFrameThatHoldsTheCut() throws Exception {
        call.joins("ann", ANN);
        call.runs(3000);
        recording.recorder().pause();
        recording.paused(START.plusSeconds(3), recording.position());
        call.runs(1000);
        call.leaves("ann");
        call.joins("bob", BOB);
        recording.recorder().resume();
        recording.resumed(START.plusSeconds(4), recording.position());
        call.runs(3000);
        RecordingFile file = stop();
        assertThat(file.durationMs()).isEqualTo(6000);
        RecordingMetadata metadata = RecordingMetadata.read(folder.resolve("r-1.json"));
        int cut =
                Math.toIntExact(Objects.requireNonNull(metadata.pauses().get(0).fileOffset()));
        byte[] mp3 = store.read("r-1.mp3", 0, (int) file.sizeBytes());
        assertThat(mp3[cut]).as("the sync of a frame").isEqualTo((byte) 0xFF);
        short[] before = decode(Arrays.copyOfRange(mp3, 0, cut));
        assertThat(ToneMap.of(last(before, 4000), ANN, BOB)).containsExactly("500");
        short[] after = decode(Arrays.copyOfRange(mp3, cut + 216, mp3.length));
        assertThat(ToneMap.of(Arrays.copyOfRange(after, 1200, 5200), ANN, BOB)).containsExactly("900");
        assertThat(Math.abs(before.length - (24_000 + 1105)))
                .as("samples beside the cut")
                .isLessThan(576);
    }

    @Test
    void anEmptyRecordingIsAnMp3Too() throws Exception {
        RecordingFile file = stop();
        assertThat(file.available()).isTrue();
        assertThat(file.durationMs()).isZero();
    }

    /** Three seconds from 300 to 3000 Hz: no two stretches of it are alike. */
    private static short[] sweep() {
        short[] sweep = new short[24_000];
        for (int i = 0; i < sweep.length; i++) {
            double seconds = i / 8000.0;
            sweep[i] = (short) (8000 * Math.sin(2 * Math.PI * (300 + 450 * seconds) * seconds));
        }
        return sweep;
    }

    private static short[] last(short[] sound, int count) {
        return Arrays.copyOfRange(sound, sound.length - count, sound.length);
    }

    private static short[] decode(byte[] mp3) throws JavaLayerException {
        Bitstream stream = new Bitstream(new ByteArrayInputStream(mp3));
        Decoder decoder = new Decoder();
        short[] sound = new short[mp3.length / 216 * 576];
        int length = 0;
        for (Header header = stream.readFrame(); header != null; header = stream.readFrame()) {
            SampleBuffer frame = (SampleBuffer) decoder.decodeFrame(header, stream);
            assertThat(frame.getSampleFrequency()).isEqualTo(8000);
            assertThat(frame.getChannelCount()).isEqualTo(1);
            System.arraycopy(frame.getBuffer(), 0, sound, length, frame.getBufferLength());
            length += frame.getBufferLength();
            stream.closeFrame();
        }
        return Arrays.copyOf(sound, length);
    }

    private RecordingFile stop() {
        recording.recorder().end();
        recording.stopped(START.plusSeconds(9), recording.position());
        CompletableFuture<RecordingFile> told = new CompletableFuture<>();
        room.finish(recording, told::complete);
        return told.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
