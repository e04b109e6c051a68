package io.ringback.media.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A leg's half of the RTCP exchange (RFC 3550 §6.4): makes its reports, reads the peer's, and measures the round trip
 * from what the peer echoes. Who sends them, every 5 s, is the caller. Safe for use by several threads.
 */
public final class RtcpExchange {
    private final RtpSender sender;
    private final ReceiverStatistics received;
    private final String canonicalName;
    private final LongSupplier ntpTime;
    private int lastSenderReport;
    private long lastSenderReportAt;
    private double roundTripMillis = -1;

    /** @param ntpTime the 64-bit NTP time of now, from a clock that never jumps: {@link NtpTime} */
    public RtcpExchange(RtpSender sender, ReceiverStatistics received, String canonicalName, LongSupplier ntpTime) {
        this.sender = sender;
        this.received = received;
        this.canonicalName = canonicalName;
        this.ntpTime = ntpTime;
    }

    /** The compound to send now. */
    public synchronized byte[] report() {
        return RtcpCodec.write(reportPackets());
    }

    /** The compound to send when the leg ends. */
    public synchronized byte[] goodbye() {
        List<RtcpPacket> packets = reportPackets();
        packets.add(new RtcpPacket.Bye(sender.ssrc()));
        return RtcpCodec.write(packets);
    }

    private List<RtcpPacket> reportPackets() {
        long now = ntpTime.getAsLong();
        int delay = lastSenderReport == 0 ? 0 : (int) ((now - lastSenderReportAt) >> 16);
        List<RtcpPacket.ReportBlock> blocks =
                received.any() ? List.of(received.report(lastSenderReport, delay)) : List.of();
        List<RtcpPacket> packets = new ArrayList<>();
        packets.add(
                sender.packets() == 0
                        ? new RtcpPacket.ReceiverReport(sender.ssrc(), blocks)
                        : new RtcpPacket.SenderReport(
                                sender.ssrc(),
                                now,
                                sender.timestamp(),
                                sender.packets(),
                                sender.payloadBytes(),
                                blocks));
        packets.add(new RtcpPacket.SourceDescription(sender.ssrc(), canonicalName));
        return packets;
    }

    /**
     * Takes a compound of the peer's.
     *
     * @return false if it is none
     */
    public synchronized boolean received(byte[] bytes, int offset, int length) {
        List<RtcpPacket> packets = RtcpCodec.read(bytes, offset, length);
        for (RtcpPacket packet : packets) {
            if (packet instanceof RtcpPacket.SenderReport report) {
                lastSenderReportAt = ntpTime.getAsLong();
                lastSenderReport = (int) (report.ntpTime() >> 16);
                measure(report.blocks());
            } else if (packet instanceof RtcpPacket.ReceiverReport report) {
                measure(report.blocks());
            }
        }
        return !packets.isEmpty();
    }

    private void measure(List<RtcpPacket.ReportBlock> blocks) {
        for (RtcpPacket.ReportBlock block : blocks) {
            if (block.ssrc() == sender.ssrc() && block.lastSenderReport() != 0) {
                int now = (int) (ntpTime.getAsLong() >> 16);
                int roundTrip = now - block.lastSenderReport() - block.delaySinceLast();
                roundTripMillis = Math.max(0, roundTrip) * 1000.0 / 65536;
            }
        }
    }

    /** The last round trip in ms; −1 when none was measured. */
    public synchronized double roundTripMillis() {
        return roundTripMillis;
    }
}
