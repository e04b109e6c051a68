package io.ringback.media.wav;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The header that we write. Room for RF64's sizes is kept from the start (EBU Tech 3306), so that a file that outgrows
 * 4 GiB needs no rewriting.
 *
 * <pre>
 *  0  "RIFF" | "RF64"   4 size of all after this     8 "WAVE"
 * 12  "JUNK" | "ds64"  16 28   20 riff size (8)  28 data size (8)  36 frames (8)  44 0
 * 48  "fmt "           52 16   56 PCM  58 channels  60 rate  64 bytes/s  68 bytes/frame  70 bits
 * 72  "data"           76 size of the data
 * 80  samples
 * </pre>
 */
final class WavHeader {
    static final int BYTES = 80;

    /** Largest data that 32-bit sizes can tell. */
    static final long RIFF_LIMIT = 0xFFFF_FFFFL - (BYTES - 8);

    private static final int UNKNOWN = -1;

    private WavHeader() {}

    /** The header of a file with that much sound; {@code riffLimit} is where RF64 begins. */
    static ByteBuffer of(int sampleRate, int channels, long dataBytes, long riffLimit) {
        boolean large = dataBytes > riffLimit;
        int frameBytes = 2 * channels;
        ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        tag(header, large ? "RF64" : "RIFF").putInt(large ? UNKNOWN : (int) (dataBytes + BYTES - 8));
        tag(header, "WAVE");
        tag(header, large ? "ds64" : "JUNK").putInt(28);
        header.putLong(large ? dataBytes + BYTES - 8 : 0);
        header.putLong(large ? dataBytes : 0);
        header.putLong(large ? dataBytes / frameBytes : 0).putInt(0);
        tag(header, "fmt ").putInt(16);
        header.putShort((short) 1).putShort((short) channels);
        header.putInt(sampleRate).putInt(sampleRate * frameBytes);
        header.putShort((short) frameBytes).putShort((short) 16);
        tag(header, "data").putInt(large ? UNKNOWN : (int) dataBytes);
        return header.flip();
    }

    private static ByteBuffer tag(ByteBuffer header, String tag) {
        return header.put(tag.getBytes(StandardCharsets.ISO_8859_1));
    }
}
