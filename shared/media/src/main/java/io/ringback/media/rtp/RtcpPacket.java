package io.ringback.media.rtp;

import java.util.List;

/** One packet of an RTCP compound (RFC 3550 §6). */
public sealed interface RtcpPacket {
    /**
     * What a sender sent (§6.4.1).
     *
     * @param ntpTime 64-bit NTP time of the report
     * @param rtpTimestamp the same moment on the clock of its RTP timestamps
     */
    record SenderReport(
            int ssrc, long ntpTime, int rtpTimestamp, long packets, long payloadBytes, List<ReportBlock> blocks)
            implements RtcpPacket {}

    /** What somebody who sends nothing receives (§6.4.2). */
    record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements RtcpPacket {}

    /** A source's canonical name (§6.5.1). */
    record SourceDescription(int ssrc, String canonicalName) implements RtcpPacket {}

    /** A source leaves (§6.6). */
    record Bye(int ssrc) implements RtcpPacket {}

    /** A packet of a type or with contents that we have no use for. */
    record Other(int type) implements RtcpPacket {}

    /**
     * How one source is received.
     *
     * @param fractionLost since the report before, in 1/256
     * @param cumulativeLost since the start, 24 bits, negative when duplicates outnumber losses
     * @param highestSequence with cycles in the upper 16 bits
     * @param jitter in units of the RTP timestamps
     * @param lastSenderReport middle 32 bits of that source's last sender report, 0 for none
     * @param delaySinceLast since that report came, in 1/65536 s
     */
    record ReportBlock(
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            int highestSequence,
            int jitter,
            int lastSenderReport,
            int delaySinceLast) {}
}
