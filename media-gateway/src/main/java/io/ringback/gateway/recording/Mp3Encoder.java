package io.ringback.gateway.recording;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;

/**
 * Makes an MP3 file of a mono WAV file of ours: at a constant bit rate, so that a place in the sound is a place in the
 * file. At 8 kHz that is MPEG-2.5 layer III. Holds a few seconds of sound in memory.
 */
final class Mp3Encoder {
    /** In bit/s: three bits a sample keep telephone speech clear. */
    private static final int BITS_PER_SAMPLE = 3;

    /** Samples of one frame in layer III of MPEG-2 and MPEG-2.5. */
    private static final int FRAME_SAMPLES = 576;

    /** By how many samples a decoder's sound is later than what was encoded: one frame, and the filter bank's 529. */
    private static final int DELAY = FRAME_SAMPLES + 529;

    private static final int HEADER_BYTES = 4;

    private final int sampleRate;

    Mp3Encoder(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    /** The byte at which the frame begins that holds this sample. */
    long offset(long sample) {
        return (sample + DELAY) / FRAME_SAMPLES * frameBytes();
    }

    /**
     * Encodes a whole file.
     *
     * @param headerBytes how many bytes of the WAV file stand before its samples
     * @param mp3 is replaced if it is there
     */
    void encode(Path wav, int headerBytes, Path mp3) throws IOException {
        AudioFormat source = new AudioFormat(sampleRate, 16, 1, true, false);
        int kilobits = sampleRate * BITS_PER_SAMPLE / 1000;
        LameEncoder encoder =
                new LameEncoder(source, kilobits, LameEncoder.CHANNEL_MODE_MONO, LameEncoder.QUALITY_MIDDLE, false);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(wav));
                OutputStream out =
                        new WithoutPlaceholder(new BufferedOutputStream(Files.newOutputStream(mp3)), frameBytes())) {
            in.skipNBytes(headerBytes);
            byte[] pcm = new byte[encoder.getPCMBufferSize()];
            byte[] encoded = new byte[encoder.getMP3BufferSize()];
            for (int length = in.readNBytes(pcm, 0, pcm.length);
                    length > 0;
                    length = in.readNBytes(pcm, 0, pcm.length)) {
                out.write(encoded, 0, encoder.encodeBuffer(pcm, 0, length & ~1, encoded));
            }
            out.write(encoded, 0, encoder.encodeFinish(encoded));
        } finally {
            encoder.close();
        }
    }

    private int frameBytes() {
        return FRAME_SAMPLES * BITS_PER_SAMPLE / 8;
    }

    /**
     * Leaves out the first frame if there is nothing in it: the encoder keeps room there for what it would tell of a
     * file of changing bit rate, and a player would play it as silence.
     */
    private static final class WithoutPlaceholder extends OutputStream {
        private final OutputStream out;
        private final byte[] first;
        private int held;

        WithoutPlaceholder(OutputStream out, int frameBytes) {
            this.out = out;
            first = new byte[frameBytes];
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int taken = Math.min(length, first.length - held);
            System.arraycopy(bytes, offset, first, held, taken);
            held += taken;
            if (taken > 0 && held == first.length && !isPlaceholder()) {
                out.write(first);
            }
            out.write(bytes, offset + taken, length - taken);
        }

        private boolean isPlaceholder() {
            for (int i = HEADER_BYTES; i < first.length; i++) {
                if (first[i] != 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
