package io.ringback.gateway;

import okio.Buffer;

/** WAV files of literal bytes: 16-bit mono PCM at 8 kHz. */
final class Wave {
    private static final int RATE = 8000;

    private Wave() {}

    static byte[] ofTone(int hertz, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) (8000 * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return of(tone);
    }

    static byte[] of(short[] samples) {
        Buffer wav = new Buffer()
                .writeUtf8("RIFF")
                .writeIntLe(36 + samples.length * 2)
                .writeUtf8("WAVEfmt ")
                .writeIntLe(16)
                .writeShortLe(1)
                .writeShortLe(1)
                .writeIntLe(RATE)
                .writeIntLe(2 * RATE)
                .writeShortLe(2)
                .writeShortLe(16)
                .writeUtf8("data")
                .writeIntLe(samples.length * 2);
        for (short sample : samples) {
            wav.writeShortLe(sample);
        }
        return wav.readByteArray();
    }
}
