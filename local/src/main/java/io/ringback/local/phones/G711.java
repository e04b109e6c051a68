package io.ringback.local.phones;

import java.util.Arrays;
import java.util.List;

/**
 * The two companding laws of ITU-T G.711, by its tables 1 and 2: 128 output magnitudes, here scaled to 16 bits.
 *
 * <p>The decision value between two neighbours lies half a step of the lower one's segment above it.
 */
final class G711 {
    static final G711 PCMU = new G711("PCMU", 0, 0xFF, 0x7F, new int[] {
        0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120,
        132, 148, 164, 180, 196, 212, 228, 244, 260, 276, 292, 308, 324, 340, 356, 372,
        396, 428, 460, 492, 524, 556, 588, 620, 652, 684, 716, 748, 780, 812, 844, 876,
        924, 988, 1052, 1116, 1180, 1244, 1308, 1372, 1436, 1500, 1564, 1628, 1692, 1756, 1820, 1884,
        1980, 2108, 2236, 2364, 2492, 2620, 2748, 2876, 3004, 3132, 3260, 3388, 3516, 3644, 3772, 3900,
        4092, 4348, 4604, 4860, 5116, 5372, 5628, 5884, 6140, 6396, 6652, 6908, 7164, 7420, 7676, 7932,
        8316, 8828, 9340, 9852, 10364, 10876, 11388, 11900, 12412, 12924, 13436, 13948, 14460, 14972, 15484, 15996,
        16764, 17788, 18812, 19836, 20860, 21884, 22908, 23932, 24956, 25980, 27004, 28028, 29052, 30076, 31100, 32124
    });
    static final G711 PCMA = new G711("PCMA", 8, 0xD5, 0x55, new int[] {
        8, 24, 40, 56, 72, 88, 104, 120, 136, 152, 168, 184, 200, 216, 232, 248,
        264, 280, 296, 312, 328, 344, 360, 376, 392, 408, 424, 440, 456, 472, 488, 504,
        528, 560, 592, 624, 656, 688, 720, 752, 784, 816, 848, 880, 912, 944, 976, 1008,
        1056, 1120, 1184, 1248, 1312, 1376, 1440, 1504, 1568, 1632, 1696, 1760, 1824, 1888, 1952, 2016,
        2112, 2240, 2368, 2496, 2624, 2752, 2880, 3008, 3136, 3264, 3392, 3520, 3648, 3776, 3904, 4032,
        4224, 4480, 4736, 4992, 5248, 5504, 5760, 6016, 6272, 6528, 6784, 7040, 7296, 7552, 7808, 8064,
        8448, 8960, 9472, 9984, 10496, 11008, 11520, 12032, 12544, 13056, 13568, 14080, 14592, 15104, 15616, 16128,
        16896, 17920, 18944, 19968, 20992, 22016, 23040, 24064, 25088, 26112, 27136, 28160, 29184, 30208, 31232, 32256
    });

    /** Both, in the order in which a phone likes them. */
    static final List<G711> LAWS = List.of(PCMU, PCMA);

    private static final int LEVELS = 128;

    private final String name;
    private final int payloadType;
    private final int[] decisions = new int[LEVELS];
    private final byte[] positiveCodes = new byte[LEVELS];
    private final byte[] negativeCodes = new byte[LEVELS];
    private final short[] outputs = new short[256];

    /**
     * @param positiveFirst the code of the smallest positive magnitude; the others differ from it in the bits of their level
     * @param negativeFirst the code of the smallest negative magnitude
     */
    private G711(String name, int payloadType, int positiveFirst, int negativeFirst, int[] magnitudes) {
        this.name = name;
        this.payloadType = payloadType;
        for (int level = 0; level < LEVELS; level++) {
            int next = level + 1 < LEVELS ? magnitudes[level + 1] : Integer.MAX_VALUE;
            int step = level % 16 < 15 ? next - magnitudes[level] : magnitudes[level] - magnitudes[level - 1];
            decisions[level] = magnitudes[level] + step / 2;
            int positive = positiveFirst ^ level;
            int negative = negativeFirst ^ level;
            positiveCodes[level] = (byte) positive;
            negativeCodes[level] = (byte) negative;
            outputs[positive] = (short) magnitudes[level];
            outputs[negative] = (short) -magnitudes[level];
        }
    }

    /** Its name in an {@code a=rtpmap} line. */
    String name() {
        return name;
    }

    /** Its static payload type (RFC 3551 §6). */
    int payloadType() {
        return payloadType;
    }

    /** The code of silence. */
    byte silence() {
        return positiveCodes[0];
    }

    byte encode(int sample) {
        int magnitude = Math.min(Math.abs(sample), Short.MAX_VALUE);
        int found = Arrays.binarySearch(decisions, magnitude);
        int level = Math.min(found < 0 ? -found - 1 : found + 1, LEVELS - 1);
        return sample < 0 ? negativeCodes[level] : positiveCodes[level];
    }

    short decode(byte code) {
        return outputs[code & 0xFF];
    }

    byte[] encode(short[] samples) {
        byte[] codes = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            codes[i] = encode(samples[i]);
        }
        return codes;
    }

    short[] decode(byte[] codes) {
        short[] samples = new short[codes.length];
        for (int i = 0; i < codes.length; i++) {
            samples[i] = decode(codes[i]);
        }
        return samples;
    }
}
