package io.ringback.gateway.prompt;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import okio.Buffer;

/** Audio files made for tests, byte by byte. */
final class AudioFiles {
    static final int PCM = 1;
    static final int A_LAW = 6;
    static final int MU_LAW = 7;

    private AudioFiles() {}

    /** A WAV file of one second of a 500 Hz tone. */
    static byte[] wav(int coding, int rate, int channels) {
        int bytesPerSample = coding == PCM ? 2 : 1;
        int dataBytes = rate * channels * bytesPerSample;
        Buffer wav = new Buffer()
                .writeUtf8("RIFF")
                .writeIntLe(36 + dataBytes)
                .writeUtf8("WAVEfmt ")
                .writeIntLe(16)
                .writeShortLe(coding)
                .writeShortLe(channels)
                .writeIntLe(rate)
                .writeIntLe(rate * channels * bytesPerSample)
                .writeShortLe(channels * bytesPerSample)
                .writeShortLe(8 * bytesPerSample)
                .writeUtf8("data")
                .writeIntLe(dataBytes);
        for (short sample : tone(rate)) {
            for (int channel = 0; channel < channels; channel++) {
                if (coding == PCM) {
                    wav.writeShortLe(sample);
                } else {
                    // A square wave is all that the two laws need here: one loud octet of either sign.
                    wav.writeByte((coding == A_LAW ? 0x2A : 0x00) | (sample >= 0 ? 0x80 : 0));
                }
            }
        }
        return wav.readByteArray();
    }

    /** An MP3 file of one second of a 500 Hz tone. */
    static byte[] mp3(int rate, int channels) {
        AudioFormat format = new AudioFormat(rate, 16, channels, true, false);
        LameEncoder encoder =
                new LameEncoder(format, 64, LameEncoder.CHANNEL_MODE_AUTO, LameEncoder.QUALITY_MIDDLE, false);
        ByteBuffer pcm = ByteBuffer.allocate(2 * rate * channels).order(ByteOrder.LITTLE_ENDIAN);
        for (short sample : tone(rate)) {
            for (int channel = 0; channel < channels; channel++) {
                pcm.putShort(sample);
            }
        }
        Buffer mp3 = new Buffer();
        byte[] encoded = new byte[encoder.getMP3BufferSize()];
        byte[] all = pcm.array();
        int step = encoder.getPCMBufferSize();
        for (int at = 0; at < all.length; at += step) {
            int length = encoder.encodeBuffer(all, at, Math.min(step, all.length - at), encoded);
            mp3.write(encoded, 0, length);
        }
        mp3.write(encoded, 0, encoder.encodeFinish(encoded));
        encoder.close();
        return mp3.readByteArray();
    }

    private static short[] tone(int rate) {
        short[] tone = new short[rate];
        for (int i = 0; i < rate; i++) {
            tone[i] = (short) (8000 * Math.sin(2 * Math.PI * 500 * i / rate));
        }
        return tone;
    }
}
