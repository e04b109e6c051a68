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
 *
 * <p>More than two channels need the extensible format chunk, which says that they belong to no loudspeakers:
 *
 * <pre>
 * 48  "fmt "           52 40   56 0xFFFE, then as above
 * 72  22  74 bits  76 loudspeakers: none  80 the GUID that stands for PCM (16)
 * 96  "data"          100 size of the data
 * 104  samples
 * </pre>
 */
final class WavHeader {
    /** Length of the longer of the two. */
    static final int LONGEST = 104;

    /** Largest data that 32-bit sizes can tell. */
    static final long RIFF_LIMIT = 0xFFFF_FFFFL - (LONGEST - 8);

    private static final int PLAIN = 16;
    private static final int EXTENSIBLE = 40;

    /** Behind the two bytes of the format code, in every such GUID. */
    private static final byte[] GUID_TAIL = {
        0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
    };

    private static final int UNKNOWN = -1;

    private WavHeader() {}

    /** How many bytes stand before the samples. */
    static int bytes(int channels) {
        return channels > 2 ? LONGEST : LONGEST - (EXTENSIBLE - PLAIN);
    }

    /** The header of a file with that much sound; {@code riffLimit} is where RF64 begins. */
    static ByteBuffer of(int sampleRate, int channels, long dataBytes, long riffLimit) {
        boolean large = dataBytes > riffLimit;
        int frameBytes = 2 * channels;
        long riffBytes = dataBytes + bytes(channels) - 8;
        boolean extensible = channels > 2;
        ByteBuffer header = ByteBuffer.allocate(bytes(channels)).order(ByteOrder.LITTLE_ENDIAN);
        tag(header, large ? "RF64" : "RIFF").putInt(large ? UNKNOWN : (int) riffBytes);
        tag(header, "WAVE");
        tag(header, large ? "ds64" : "JUNK").putInt(28);
        header.putLong(large ? riffBytes : 0);
        header.putLong(large ? dataBytes : 0);
        header.putLong(large ? dataBytes / frameBytes : 0).putInt(0);
        tag(header, "fmt ").putInt(extensible ? EXTENSIBLE : PLAIN);
        header.putShort((short) (extensible ? 0xFFFE : 1)).putShort((short) channels);
        header.putInt(sampleRate).putInt(sampleRate * frameBytes);
        header.putShort((short) frameBytes).putShort((short) 16);
        if (extensible) {
            header.putShort((short) 22).putShort((short) 16).putInt(0);
            header.putShort((short) 1).put(GUID_TAIL);
        }
        tag(header, "data").putInt(large ? UNKNOWN : (int) dataBytes);
        return header.flip();
    }

    private static ByteBuffer tag(ByteBuffer header, String tag) {
        return header.put(tag.getBytes(StandardCharsets.ISO_8859_1));
    }
}
