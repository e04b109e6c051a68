package io.ringback.media.rtp;

/**
 * What one leg received, as RFC 3550 counts it: sequence with cycles (appendix A.1), loss (A.3), interarrival jitter
 * (A.8). A change of SSRC begins anew and keeps the totals. Safe for use by several threads.
 */
public final class ReceiverStatistics {
    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;

    private final int clockRate;
    private boolean any;
    private int ssrc;
    private int baseSequence;
    private int maxSequence;
    private long cycles;
    private int badSequence = -1;
    private long receivedHere;
    private long receivedBefore;
    private long lostBefore;
    private long expectedAtReport;
    private long receivedAtReport;
    private int lastTransit;
    private int lastTimestamp;
    private double jitter;

    /** @param clockRate of the RTP timestamps, per second */
    public ReceiverStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /**
     * Counts a packet of the leg's source. Packets that repeat a timestamp, as those of a telephone event do, say
     * nothing of jitter.
     *
     * @param arrivalNanos monotonic
     */
    public synchronized void received(RtpPacket packet, long arrivalNanos) {
        long arrival = Math.floorDiv(arrivalNanos, 1000L) * clockRate / 1_000_000L;
        int transit = (int) arrival - packet.timestamp();
        if (!any || packet.ssrc() != ssrc) {
            begin(packet, transit);
        } else if (inSequence(packet.sequence())) {
            if (packet.timestamp() != lastTimestamp) {
                jitter += (Math.abs(transit - lastTransit) - jitter) / 16;
                lastTransit = transit;
            }
        } else {
            return;
        }
        lastTimestamp = packet.timestamp();
        receivedHere++;
    }

    private void begin(RtpPacket packet, int transit) {
        lostBefore += lostHere();
        receivedBefore += receivedHere;
        any = true;
        ssrc = packet.ssrc();
        restart(packet.sequence());
        lastTransit = transit;
        jitter = 0;
    }

    private void restart(int sequence) {
        baseSequence = sequence;
        maxSequence = sequence;
        cycles = 0;
        badSequence = -1;
        receivedHere = 0;
        expectedAtReport = 0;
        receivedAtReport = 0;
    }

    /** Appendix A.1: a large jump counts only when a second packet follows it. */
    private boolean inSequence(int sequence) {
        int ahead = (sequence - maxSequence) & 0xFFFF;
        if (ahead < MAX_DROPOUT) {
            if (sequence < maxSequence) {
                cycles += 1 << 16;
            }
            maxSequence = sequence;
        } else if (ahead <= (1 << 16) - MAX_MISORDER) {
            if (sequence != badSequence) {
                badSequence = (sequence + 1) & 0xFFFF;
                return false;
            }
            lostBefore += lostHere();
            receivedBefore += receivedHere;
            restart(sequence);
        }
        return true;
    }

    private long expectedHere() {
        return any ? cycles + maxSequence - baseSequence + 1 : 0;
    }

    private long lostHere() {
        return expectedHere() - receivedHere;
    }

    /** Packets received. */
    public synchronized long received() {
        return receivedBefore + receivedHere;
    }

    /** Packets expected and not received; duplicates lower it (A.3). */
    public synchronized long lost() {
        return lostBefore + lostHere();
    }

    /** Interarrival jitter in ms. */
    public synchronized double jitterMillis() {
        return jitter * 1000 / clockRate;
    }

    /** Whether anything was received. */
    public synchronized boolean any() {
        return any;
    }

    /**
     * The block of the next report, with the fraction lost since the report before.
     *
     * @param lastSenderReport middle 32 bits of the last sender report's NTP time, 0 for none
     * @param delaySinceLast since that report came, in 1/65536 s
     */
    public synchronized RtcpPacket.ReportBlock report(int lastSenderReport, int delaySinceLast) {
        long expected = expectedHere() - expectedAtReport;
        long lost = expected - (receivedHere - receivedAtReport);
        expectedAtReport = expectedHere();
        receivedAtReport = receivedHere;
        int fraction = expected <= 0 || lost <= 0 ? 0 : (int) Math.min(255, lost * 256 / expected);
        int cumulative = (int) Math.max(-0x800000, Math.min(0x7FFFFF, lostHere()));
        int highest = (int) (cycles + maxSequence);
        return new RtcpPacket.ReportBlock(
                ssrc, fraction, cumulative, highest, (int) jitter, lastSenderReport, delaySinceLast);
    }
}
