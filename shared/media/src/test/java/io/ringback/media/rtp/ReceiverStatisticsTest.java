package io.ringback.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ReceiverStatisticsTest {
    private static final long MS = 1_000_000;

    private final ReceiverStatistics statistics = new ReceiverStatistics(8000);
    private final RtpPacket packet = new RtpPacket();
    private final byte[] bytes = new byte[12];

    private void receive(int sequence, int timestamp, int ssrc, long millis) {
        RtpPacket.writeHeader(bytes, 0, 0, false, sequence, timestamp, ssrc);
        assertThat(packet.wrap(bytes, 0, 12)).isTrue();
        statistics.received(packet, millis * MS);
    }

    private void receive(int sequence) {
        receive(sequence & 0xFFFF, sequence * 160, 1, sequence * 20L);
    }

    @Test
    void lossIsWhatWasExpectedAndDidNotComeAcrossTheWrap() {
        for (int i = 65_500; i < 65_600; i++) {
            if (i % 10 != 5) {
                receive(i);
            }
        }
        assertThat(statistics.received()).isEqualTo(90);
        assertThat(statistics.lost()).isEqualTo(10);
        RtcpPacket.ReportBlock first = statistics.report(0, 0);
        assertThat(first.fractionLost()).isEqualTo(10 * 256 / 100);
        assertThat(first.cumulativeLost()).isEqualTo(10);
        assertThat(first.highestSequence()).isEqualTo(0x10000 + 63);
        receive(65_600);
        assertThat(statistics.report(0, 0).fractionLost())
                .as("since the report before")
                .isZero();
    }

    @Test
    void reorderedAndDoubledPacketsAreNoLoss() {
        for (int sequence : new int[] {1, 2, 4, 3, 5, 5}) {
            receive(sequence);
        }
        assertThat(statistics.received()).isEqualTo(6);
        assertThat(statistics.lost()).isEqualTo(-1);
        assertThat(statistics.report(0, 0).fractionLost()).isZero();
        assertThat(statistics.report(0, 0).cumulativeLost()).isEqualTo(-1);
    }

    @Test
    void oneWildNumberIsIgnoredAndTwoRestart() {
        receive(10);
        receive(40_000);
        receive(11);
        assertThat(statistics.received()).isEqualTo(2);
        assertThat(statistics.lost()).isZero();
        receive(50_000);
        receive(50_001);
        receive(50_002);
        assertThat(statistics.received()).isEqualTo(4);
        assertThat(statistics.lost()).isZero();
    }

    @Test
    void aChangeOfSourceKeepsTheTotals() {
        receive(1, 160, 1, 20);
        receive(3, 480, 1, 60);
        receive(900, 5, 2, 80);
        receive(902, 325, 2, 120);
        assertThat(statistics.received()).isEqualTo(4);
        assertThat(statistics.lost()).isEqualTo(2);
        assertThat(statistics.report(0, 0).ssrc()).isEqualTo(2);
        assertThat(statistics.jitterMillis()).isZero();
    }

    @Test
    void jitterIsTheSmoothedChangeOfTransit() {
        for (int i = 0; i < 2000; i++) {
            receive(i, i * 160, 1, i * 20L + (i % 2 == 0 ? 0 : 6));
        }
        assertThat(statistics.jitterMillis()).isCloseTo(6, within(0.1));
        assertThat(statistics.report(0, 0).jitter()).isBetween(47, 48);
    }

    @Test
    void theRepeatedTimestampOfAnEventIsNoJitter() {
        receive(0, 0, 1, 0);
        for (int i = 1; i < 50; i++) {
            receive(i, 160, 1, i * 20L);
        }
        receive(50, 8000, 1, 1000);
        assertThat(statistics.jitterMillis()).isZero();
    }
}
