package io.ringback.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.Seeded;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    private boolean wrap(String hex) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        return packet.wrap(bytes, 0, bytes.length);
    }

    @Test
    void readsEachField() {
        assertThat(wrap("80 88 FF FE 80 00 00 01 DE AD BE EF 01 02 03")).isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(8);
        assertThat(packet.sequence()).isEqualTo(0xFFFE);
        assertThat(packet.timestamp()).isEqualTo(0x80000001);
        assertThat(packet.ssrc()).isEqualTo(0xDEADBEEF);
        assertThat(packet.payloadOffset()).isEqualTo(12);
        assertThat(packet.payloadLength()).isEqualTo(3);
    }

    @Test
    void stepsOverSourcesExtensionAndPadding() {
        assertThat(wrap("B1 00 00 01 00 00 00 02 00 00 00 03 00 00 00 04 BE DE 00 01 10 FF 00 00 AA BB 00 02"))
                .isTrue();
        assertThat(packet.payloadOffset()).isEqualTo(24);
        assertThat(packet.payloadLength()).isEqualTo(2);
        assertThat(packet.array()[packet.payloadOffset()]).isEqualTo((byte) 0xAA);
    }

    @Test
    void refusesWhatIsNoRtp() {
        assertThat(wrap("80 00 00 01 00 00 00 02 00 00 00")).as("short").isFalse();
        assertThat(wrap("40 00 00 01 00 00 00 02 00 00 00 03 AA"))
                .as("version 1")
                .isFalse();
        assertThat(wrap("82 00 00 01 00 00 00 02 00 00 00 03 AA BB CC DD EE FF 00"))
                .as("sources cut")
                .isFalse();
        assertThat(wrap("90 00 00 01 00 00 00 02 00 00 00 03 BE DE 00"))
                .as("extension cut")
                .isFalse();
        assertThat(wrap("90 00 00 01 00 00 00 02 00 00 00 03 BE DE 00 02 01 02 03 04"))
                .as("extension long")
                .isFalse();
        assertThat(wrap("A0 00 00 01 00 00 00 02 00 00 00 03 AA 00"))
                .as("padding 0")
                .isFalse();
        assertThat(wrap("A0 00 00 01 00 00 00 02 00 00 00 03 AA 03"))
                .as("padding long")
                .isFalse();
        assertThat(wrap("80 C8 00 06 00 00 00 02 00 00 00 03 AA BB"))
                .as("a sender report")
                .isFalse();
    }

    @Test
    void aRefusedPacketLeavesTheViewOnTheOneBefore() {
        assertThat(wrap("80 00 00 07 00 00 00 02 00 00 00 03")).isTrue();
        assertThat(wrap("40 00 00 08 00 00 00 02 00 00 00 03")).isFalse();
        assertThat(packet.sequence()).isEqualTo(7);
    }

    @Test
    void whatIsWrittenIsRead() {
        byte[] bytes = new byte[20];
        RtpPacket.writeHeader(bytes, 4, 101, true, 0x1FFFF, 0xCAFEBABE, 0x12345678);
        assertThat(packet.wrap(bytes, 4, 16)).isTrue();
        assertThat(packet.payloadType()).isEqualTo(101);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.sequence()).isEqualTo(0xFFFF);
        assertThat(packet.timestamp()).isEqualTo(0xCAFEBABE);
        assertThat(packet.ssrc()).isEqualTo(0x12345678);
        assertThat(packet.payloadOffset()).isEqualTo(16);
        assertThat(packet.payloadLength()).isEqualTo(4);
    }

    @Test
    void noBytesCanMakeItReadOutside() {
        long seed = Seeded.seed();
        Random random = new Random(seed);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
            }
            if (packet.wrap(bytes, 0, bytes.length)) {
                assertThat(packet.payloadLength()).as("seed %d", seed).isNotNegative();
                assertThat(packet.payloadOffset() + packet.payloadLength())
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(bytes.length);
            }
        }
    }

    @Test
    void sequenceDistanceCrossesTheWrap() {
        assertThat(RtpPacket.sequenceDistance(0xFFFF, 0)).isEqualTo(1);
        assertThat(RtpPacket.sequenceDistance(0, 0xFFFF)).isEqualTo(-1);
        assertThat(RtpPacket.sequenceDistance(10, 0x7FFF)).isEqualTo(0x7FFF - 10);
        assertThat(RtpPacket.sequenceDistance(0, 0x8000)).isEqualTo(-32768);
    }
}
