package io.ringback.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.gateway.sdp.AudioCodec;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.media.AudioFormat;
import io.ringback.media.rtp.ReceiverStatistics;
import io.ringback.media.rtp.RtcpExchange;
import io.ringback.media.rtp.RtpSender;
import io.ringback.testkit.fuzz.Fuzz;
import io.ringback.testkit.fuzz.Mutator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Packets to one leg, which goes on to play what it gets. */
class RtpFuzzTest {
    private static final int INPUTS = 6000;
    private static final int LONGEST = 2048;
    private static final long CYCLE_NANOS = 20_000_000;

    private final InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

    private static List<byte[]> rtp() {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            packets.add(ByteBuffer.allocate(172)
                    .put((byte) 0x80)
                    .put((byte) 0)
                    .putShort((short) (65_530 + i))
                    .putInt(160 * i)
                    .putInt(0xCAFE)
                    .array());
            packets.add(ByteBuffer.allocate(16)
                    .put((byte) 0x80)
                    .put((byte) 101)
                    .putShort((short) (65_530 + i))
                    .putInt(160)
                    .putInt(0xCAFE)
                    .putInt(5 << 24 | (i > 15 ? 0x8A : 0x0A) << 16 | 160 * i)
                    .array());
        }
        return packets;
    }

    @Test
    void everyPacketIsTakenOrCountedAsRefused() {
        AtomicInteger presses = new AtomicInteger();
        LegReceiver receiver = new LegReceiver(code -> presses.incrementAndGet());
        receiver.negotiated(new NegotiatedMedia(
                peer,
                peer,
                AudioCodec.PCMU,
                0,
                OptionalInt.of(0),
                OptionalInt.of(8),
                OptionalInt.of(101),
                OptionalInt.of(101),
                true,
                true,
                true));
        receiver.connected();
        short[] heard = new short[AudioFormat.NARROWBAND.samplesPerCycle()];
        AtomicInteger packets = new AtomicInteger();

        Map<String, Long> outcomes =
                Fuzz.run("RTP", INPUTS, new Mutator(rtp(), List.of("\u0080\0"), LONGEST), input -> {
                    long now = packets.incrementAndGet() * CYCLE_NANOS;
                    boolean taken = receiver.received(input, input.length, peer, now);
                    receiver.jitter().take(heard);
                    return taken ? "taken" : "refused";
                });

        assertThat(outcomes.getOrDefault("refused", 0L)).isEqualTo(receiver.refused());
        assertThat(receiver.statistics().lost()).isNotNegative();
        assertThat(presses.get()).isLessThanOrEqualTo(packets.get());
    }

    @Test
    void everyReportIsTakenOrRefused() {
        RtpSender sender = new RtpSender(0xBEEF, 1, 1);
        ReceiverStatistics statistics = new ReceiverStatistics(8000);
        RtcpExchange exchange = new RtcpExchange(sender, statistics, "fuzz", () -> 0x1234_5678_9ABC_DEF0L);
        Mutator mutator = new Mutator(
                List.of(
                        exchange.report(),
                        exchange.goodbye(),
                        ByteBuffer.allocate(52)
                                .put((byte) 0x81)
                                .put((byte) 200)
                                .putShort((short) 12)
                                .putInt(0xCAFE)
                                .array()),
                List.of("\u0081", "\0\0\0\6"),
                LONGEST);

        Fuzz.run("RTCP", INPUTS, mutator, input -> {
            boolean taken = exchange.received(input, 0, input.length);
            assertThat(exchange.roundTripMillis()).isBetween(-1.0, 65_536.0 * 1000);
            return taken ? "taken" : "refused";
        });
    }
}
