package io.ringback.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringback.media.codec.G711;
import io.ringback.testkit.Seeded;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RtcpExchangeTest {
    private long nanos = 5_000_000_000L;
    private final NtpTime ntp = new NtpTime(Instant.parse("2026-01-01T00:00:00Z"), () -> nanos);

    /** One end of a call that sends and receives. */
    private final class End {
        final RtpSender sender;
        final ReceiverStatistics received = new ReceiverStatistics(8000);
        final RtcpExchange exchange;

        End(int ssrc) {
            sender = new RtpSender(ssrc, 0, 0);
            exchange = new RtcpExchange(sender, received, "leg", ntp);
        }

        void sendSoundTo(End other) {
            byte[] bytes = new byte[172];
            RtpPacket packet = new RtpPacket();
            assertThat(packet.wrap(bytes, 0, sender.writeSound(bytes, 0, G711.MU_LAW, new short[160])))
                    .isTrue();
            other.received.received(packet, nanos);
        }

        boolean take(byte[] compound) {
            return exchange.received(compound, 0, compound.length);
        }
    }

    @Test
    void theRoundTripIsTheEchoLessTheDelayAtThePeer() {
        End near = new End(1);
        End far = new End(2);
        near.sendSoundTo(far);
        far.sendSoundTo(near);
        assertThat(near.exchange.roundTripMillis()).isEqualTo(-1);

        byte[] report = near.exchange.report();
        nanos += 30_000_000;
        assertThat(far.take(report)).isTrue();
        nanos += 1_700_000_000;
        byte[] answer = far.exchange.report();
        nanos += 45_000_000;
        assertThat(near.take(answer)).isTrue();

        assertThat(near.exchange.roundTripMillis()).isCloseTo(75, within(0.1));
    }

    @Test
    void whoHasSentNothingWritesAReceiverReport() {
        End near = new End(1);
        End far = new End(2);
        far.sendSoundTo(near);
        byte[] compound = near.exchange.goodbye();
        List<RtcpPacket> packets = RtcpCodec.read(compound, 0, compound.length);
        assertThat(packets.get(0)).isInstanceOfSatisfying(RtcpPacket.ReceiverReport.class, report -> {
            assertThat(report.ssrc()).isEqualTo(1);
            assertThat(report.blocks()).hasSize(1);
            assertThat(report.blocks().get(0).ssrc()).isEqualTo(2);
        });
        assertThat(packets.get(1)).isEqualTo(new RtcpPacket.SourceDescription(1, "leg"));
        assertThat(packets.get(2)).isEqualTo(new RtcpPacket.Bye(1));
    }

    @Test
    void aSenderReportIsWrittenAsTheStandardDrawsIt() {
        RtcpPacket.ReportBlock block = new RtcpPacket.ReportBlock(0x0A0B0C0D, 0x40, -2, 0x00010005, 9, 0x1234, 0x5678);
        byte[] bytes = RtcpCodec.write(List.of(
                new RtcpPacket.SenderReport(0x01020304, 0x1122334455667788L, 0xA0, 3, 480, List.of(block)),
                new RtcpPacket.SourceDescription(0x01020304, "ab")));
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("81c8000c" + "01020304" + "1122334455667788" + "000000a0" + "00000003" + "000001e0"
                        + "0a0b0c0d" + "40fffffe" + "00010005" + "00000009" + "00001234" + "00005678"
                        + "81ca0003" + "01020304" + "01026162" + "00000000");
        assertThat(RtcpCodec.read(bytes, 0, bytes.length))
                .first()
                .isInstanceOfSatisfying(
                        RtcpPacket.SenderReport.class,
                        report -> assertThat(report.blocks()).containsExactly(block));
    }

    @Test
    void ntpTimeCountsFrom1900AndDoesNotFollowTheWallClock() {
        assertThat(ntp.getAsLong() >>> 32).isEqualTo(3_976_214_400L);
        nanos += 1_500_000_000;
        assertThat(ntp.getAsLong() & 0xFFFF_FFFFL).isEqualTo(0x8000_0000L);
    }

    @Test
    void whatIsNoCompoundIsRefusedWhole() {
        End end = new End(1);
        HexFormat hex = HexFormat.of();
        byte[] good = end.exchange.report();
        assertThat(end.take(good)).isTrue();
        assertThat(end.take(hex.parseHex("81ca0002010203040102616200000000")))
                .as("no report first")
                .isFalse();
        assertThat(end.take(hex.parseHex("80c9000201020304")))
                .as("longer than the datagram")
                .isFalse();
        assertThat(end.take(hex.parseHex("40c9000101020304"))).as("version 1").isFalse();
        assertThat(end.take(hex.parseHex("80c90001010203"))).as("cut").isFalse();
        assertThat(end.take(new byte[0])).as("empty").isFalse();
        assertThat(RtcpCodec.isRtcp(good, 0, good.length)).isTrue();
    }

    @Test
    void noBytesMakeItReadOutside() {
        long seed = Seeded.seed();
        Random random = new Random(seed);
        End end = new End(1);
        end.sendSoundTo(new End(2));
        byte[] good = end.exchange.goodbye();
        for (int round = 0; round < 100_000; round++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            int length = random.nextInt(bad.length + 1);
            assertThat(RtcpCodec.read(bad, 0, length)).as("seed %d", seed).hasSizeLessThan(10);
        }
    }
}
