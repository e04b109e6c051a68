package io.ringback.media.codec;

import java.util.function.IntUnaryOperator;

/**
 * ITU-T G.711. The linear side is 16 bits wide: µ-law's 14-bit values are shifted left by two, A-law's 13-bit ones by
 * three. Encoding picks the interval of the recommendation's tables, alike for both signs; so what was decoded encodes
 * to the same octet again, but for µ-law's negative zero (0x7F), which has no linear value of its own.
 *
 * <pre>
 *   7     6   5   4     3   2   1   0
 * +------+-----------+---------------+
 * | sign |  segment  |   interval    |   on the wire: µ-law all bits inverted, A-law the even ones
 * +------+-----------+---------------+
 * </pre>
 */
public final class G711 implements SpeechCodec {
    /** Added to a magnitude so that all of µ-law's segments begin at a power of two: 33 of 14 bits. */
    private static final int MU_BIAS = 33 << 2;

    /** Largest magnitude that µ-law can tell: just below its virtual decision value, 8159 of 14 bits. */
    private static final int MU_CLIP = (8159 << 2) - 1;

    /** µ-law, RTP's PCMU. */
    public static final G711 MU_LAW = new G711(G711::expandMu, G711::compressMu);

    /** A-law, RTP's PCMA. */
    public static final G711 A_LAW = new G711(G711::expandA, G711::compressA);

    private final short[] linear = new short[256];
    private final byte[] octets = new byte[1 << 16];

    private G711(IntUnaryOperator expand, IntUnaryOperator compress) {
        for (int octet = 0; octet < 256; octet++) {
            linear[octet] = (short) expand.applyAsInt(octet);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            octets[sample & 0xFFFF] = (byte) compress.applyAsInt(sample);
        }
    }

    private static int expandMu(int octet) {
        int code = ~octet;
        int magnitude = ((((code & 0x0F) << 3) + MU_BIAS) << segment(code)) - MU_BIAS;
        return (code & 0x80) == 0 ? magnitude : -magnitude;
    }

    private static int compressMu(int sample) {
        int magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
        int segment = highestBit(magnitude) - 7;
        int interval = (magnitude >> (segment + 3)) & 0x0F;
        int sign = sample < 0 ? 0x80 : 0;
        return ~(sign | (segment << 4) | interval);
    }

    private static int expandA(int octet) {
        int code = octet ^ 0x55;
        int segment = segment(code);
        int middle = ((code & 0x0F) << 4) + 8;
        int magnitude = segment == 0 ? middle : (middle + 0x100) << (segment - 1);
        return (code & 0x80) == 0 ? -magnitude : magnitude;
    }

    private static int compressA(int sample) {
        int magnitude = Math.min(Math.abs(sample), Short.MAX_VALUE);
        int segment = Math.max(0, highestBit(magnitude) - 7);
        int interval = (magnitude >> (Math.max(segment, 1) + 3)) & 0x0F;
        int sign = sample < 0 ? 0 : 0x80;
        return (sign | (segment << 4) | interval) ^ 0x55;
    }

    @Override
    public int sampleRate() {
        return 8000;
    }

    @Override
    public int samples(int payloadBytes) {
        return payloadBytes;
    }

    /** The linear value of one octet. */
    public short decode(byte octet) {
        return linear[octet & 0xFF];
    }

    /** The octet of one linear value. */
    public byte encode(short sample) {
        return octets[sample & 0xFFFF];
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        for (int i = 0; i < length; i++) {
            pcm[pcmOffset + i] = linear[payload[offset + i] & 0xFF];
        }
        return length;
    }

    @Override
    public int encode(short[] pcm, int pcmOffset, int samples, byte[] payload, int offset) {
        for (int i = 0; i < samples; i++) {
            payload[offset + i] = octets[pcm[pcmOffset + i] & 0xFFFF];
        }
        return samples;
    }

    private static int segment(int code) {
        return (code >> 4) & 0x07;
    }

    private static int highestBit(int value) {
        return 31 - Integer.numberOfLeadingZeros(value);
    }
}
