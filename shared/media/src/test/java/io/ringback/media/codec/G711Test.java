package io.ringback.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.sound.AlignedSnr;
import io.ringback.testkit.sound.LiteralG711;
import org.junit.jupiter.api.Test;

/** Tables 1a, 1b, 2a and 2b of ITU-T G.711. */
final class G711Test {
    /** Value at each segment's first and last interval for positive µ-law input, 16 bits (table 2a, column 8 times 4). */
    private static final int[][] MU_SEGMENTS = {
        {0xFF, 0, 0xF0, 120},
        {0xEF, 132, 0xE0, 372},
        {0xDF, 396, 0xD0, 876},
        {0xCF, 924, 0xC0, 1884},
        {0xBF, 1980, 0xB0, 3900},
        {0xAF, 4092, 0xA0, 7932},
        {0x9F, 8316, 0x90, 15996},
        {0x8F, 16764, 0x80, 32124}
    };

    /** The same for A-law (table 1a, column 8 times 8); even bits inverted on the wire. */
    private static final int[][] A_SEGMENTS = {
        {0xD5, 8, 0xDA, 248},
        {0xC5, 264, 0xCA, 504},
        {0xF5, 528, 0xFA, 1008},
        {0xE5, 1056, 0xEA, 2016},
        {0x95, 2112, 0x9A, 4032},
        {0x85, 4224, 0x8A, 8064},
        {0xB5, 8448, 0xBA, 16128},
        {0xA5, 16896, 0xAA, 32256}
    };

    @Test
    void segmentsBeginAndEndAtTheValuesOfTheRecommendation() {
        checkSegments(G711.MU_LAW, MU_SEGMENTS);
        checkSegments(G711.A_LAW, A_SEGMENTS);
    }

    private static void checkSegments(G711 law, int[][] segments) {
        for (int[] row : segments) {
            for (int end = 0; end < 4; end += 2) {
                assertThat(law.decode((byte) row[end])).isEqualTo((short) row[end + 1]);
                assertThat(law.decode((byte) (row[end] & 0x7F))).isEqualTo((short) -row[end + 1]);
            }
        }
    }

    /** Each output value lies in the middle of its interval (note to the tables), so they give the decision values. */
    @Test
    void everySampleBecomesTheValueOfItsInterval() {
        checkIntervals(G711.MU_LAW, 0xFF, 4);
        checkIntervals(G711.A_LAW, 0xD5, 16);
    }

    private static void checkIntervals(G711 law, int firstOctet, int firstDecision) {
        int from = 0;
        int end = firstDecision;
        for (int interval = 0; interval < 128; interval++) {
            byte octet = (byte) (law == G711.MU_LAW ? firstOctet - interval : (firstOctet ^ 0x55 ^ interval) ^ 0x55);
            int last = interval == 127 ? Short.MAX_VALUE : end - 1;
            for (int sample = from; sample <= last; sample++) {
                assertThat(law.encode((short) sample)).as("sample %d", sample).isEqualTo(octet);
            }
            from = end;
            end = interval == 127 ? end : 2 * law.decode(law.encode((short) from)) - from;
        }
    }

    @Test
    void everyOctetComesBackExceptMuLawsNegativeZero() {
        for (int octet = 0; octet < 256; octet++) {
            byte b = (byte) octet;
            assertThat(G711.A_LAW.encode(G711.A_LAW.decode(b))).isEqualTo(b);
            assertThat(G711.MU_LAW.encode(G711.MU_LAW.decode(b))).isEqualTo(octet == 0x7F ? (byte) 0xFF : b);
        }
    }

    @Test
    void bothSignsAreCodedAlike() {
        for (int sample = 1; sample <= Short.MAX_VALUE; sample++) {
            for (G711 law : new G711[] {G711.MU_LAW, G711.A_LAW}) {
                assertThat(law.encode((short) -sample)).isEqualTo((byte) (law.encode((short) sample) ^ 0x80));
            }
        }
    }

    /** At −10 dBFS, judged by another decoder: ITU-T G.712 asks for 33 dB of a whole channel. */
    @Test
    void aToneKeepsItsSignalToNoiseRatio() {
        short[] wanted = new short[8000];
        short[] mu = new short[8000];
        short[] a = new short[8000];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = (short) Math.round(10362 * Math.sin(2 * Math.PI * 1020 * i / 8000));
            mu[i] = LiteralG711.muLaw(G711.MU_LAW.encode(wanted[i]));
            a[i] = LiteralG711.aLaw(G711.A_LAW.encode(wanted[i]));
        }
        assertThat(AlignedSnr.of(wanted, mu, 8000).snrDb()).isGreaterThan(36);
        assertThat(AlignedSnr.of(wanted, a, 8000).snrDb()).isGreaterThan(36);
    }

    @Test
    void anotherDecoderAgrees() {
        for (int octet = 0; octet < 256; octet++) {
            assertThat(G711.MU_LAW.decode((byte) octet)).isEqualTo(LiteralG711.muLaw((byte) octet));
            assertThat(G711.A_LAW.decode((byte) octet)).isEqualTo(LiteralG711.aLaw((byte) octet));
        }
    }

    @Test
    void arraysAreCodedWhereTheyAreTold() {
        byte[] payload = {9, (byte) 0x80, 0x00, 9};
        short[] pcm = {5, 5, 5, 5};
        assertThat(G711.MU_LAW.decode(payload, 1, 2, pcm, 1)).isEqualTo(2);
        assertThat(pcm).containsExactly(5, 32124, -32124, 5);
        byte[] again = {7, 7, 7, 7};
        assertThat(G711.MU_LAW.encode(pcm, 1, 2, again, 2)).isEqualTo(2);
        assertThat(again).containsExactly(7, 7, 0x80, 0x00);
    }
}
