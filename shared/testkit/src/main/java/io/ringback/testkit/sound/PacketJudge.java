package io.ringback.testkit.sound;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Judges one RTP stream of sound by its packets and when each arrived: one source, each sequence number and timestamp
 * following the one before, no stall, no drift. The content may hide all of that from an ear and from a signal-to-noise
 * ratio.
 */
public final class PacketJudge {
    private static final int HEADER = 12;

    private final int samplesPerPacket;
    private final int clockRate;
    private final Set<Integer> sources = new HashSet<>();
    private final List<Long> arrivals = new ArrayList<>();
    private final List<Long> mediaTimes = new ArrayList<>();
    private int packets;
    private int missing;
    private int duplicates;
    private int reordered;
    private int badTimestamps;
    private int malformed;
    private int lastSequence;
    private int lastTimestamp;
    private long mediaTime;
    private long longestGapNanos;
    private int longestGapAfter;

    /** Expects that many samples in each packet, on a clock of that rate; 160 and 8000 for G.711. */
    public PacketJudge(int samplesPerPacket, int clockRate) {
        this.samplesPerPacket = samplesPerPacket;
        this.clockRate = clockRate;
    }

    /** Takes the next packet in the order of arrival; {@code arrivalNanos} is monotonic. */
    public void packet(long arrivalNanos, byte[] rtp, int length) {
        if (length < HEADER || (rtp[0] & 0xC0) != 0x80) {
            malformed++;
            return;
        }
        int sequence = (rtp[2] & 0xFF) << 8 | (rtp[3] & 0xFF);
        int timestamp = word(rtp, 4);
        sources.add(word(rtp, 8));
        if (packets++ > 0) {
            noteGap(arrivalNanos - arrivals.get(arrivals.size() - 1));
            follow(sequence, timestamp);
        } else {
            lastSequence = sequence;
            lastTimestamp = timestamp;
        }
        arrivals.add(arrivalNanos);
        mediaTimes.add(mediaTime);
    }

    private void noteGap(long gap) {
        if (gap > longestGapNanos) {
            longestGapNanos = gap;
            longestGapAfter = packets - 1;
        }
    }

    private void follow(int sequence, int timestamp) {
        int step = (short) (sequence - lastSequence);
        if (step == 0) {
            duplicates++;
            return;
        }
        if (step < 0) {
            reordered++;
            return;
        }
        missing += step - 1;
        int passed = timestamp - lastTimestamp;
        if (passed != step * samplesPerPacket) {
            badTimestamps++;
        }
        mediaTime += passed;
        lastSequence = sequence;
        lastTimestamp = timestamp;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }

    /** Packets taken. */
    public int packets() {
        return packets;
    }

    /** The longest time between two packets, in ms. */
    public double longestGapMillis() {
        return longestGapNanos / 1e6;
    }

    /**
     * How much faster the sender's clock runs than ours, in millionths: the slope of its timestamps over the arrivals,
     * by least squares. A minute or more tells something.
     */
    public double driftPpm() {
        int n = arrivals.size();
        if (n < 2) {
            return 0;
        }
        double sumX = 0;
        double sumY = 0;
        double sumXX = 0;
        double sumXY = 0;
        for (int i = 0; i < n; i++) {
            double seconds = (arrivals.get(i) - arrivals.get(0)) / 1e9;
            double ahead = mediaTimes.get(i) / (double) clockRate - seconds;
            sumX += seconds;
            sumY += ahead;
            sumXX += seconds * seconds;
            sumXY += seconds * ahead;
        }
        return 1e6 * (n * sumXY - sumX * sumY) / (n * sumXX - sumX * sumX);
    }

    /**
     * What is wrong with the stream, in words; empty if nothing is.
     *
     * @param stallMillis a longer time between two packets is a stall
     * @param maxDriftPpm more drift than this in either direction is wrong
     */
    public List<String> complaints(double stallMillis, double maxDriftPpm) {
        List<String> complaints = new ArrayList<>();
        complain(complaints, packets == 0, "no packets");
        complain(complaints, malformed > 0, "%d malformed", malformed);
        complain(complaints, sources.size() > 1, "%d sources", sources.size());
        complain(complaints, missing > 0, "%d missing", missing);
        complain(complaints, duplicates > 0, "%d duplicates", duplicates);
        complain(complaints, reordered > 0, "%d reordered", reordered);
        complain(complaints, badTimestamps > 0, "%d timestamps not %d on", badTimestamps, samplesPerPacket);
        complain(
                complaints,
                longestGapMillis() > stallMillis,
                "stalled %.1f ms after packet %d",
                longestGapMillis(),
                longestGapAfter);
        double drift = driftPpm();
        complain(complaints, Math.abs(drift) > maxDriftPpm, "drifts by %.0f ppm", drift);
        return complaints;
    }

    private static void complain(List<String> complaints, boolean wrong, String what, Object... values) {
        if (wrong) {
            complaints.add(String.format(Locale.ROOT, what, values));
        }
    }
}
