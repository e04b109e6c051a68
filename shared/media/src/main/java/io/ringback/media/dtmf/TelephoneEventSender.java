package io.ringback.media.dtmf;

import io.ringback.media.AudioFormat;
import io.ringback.media.rtp.RtpPacket;
import io.ringback.media.rtp.RtpSender;

/**
 * Sends key presses as telephone events, one packet per cycle in the place of sound: the duration grows, the last
 * packet is sent three times (RFC 4733 §2.5.1.4), a pause separates presses. Used on the pacer's thread; a cycle
 * allocates nothing.
 */
public final class TelephoneEventSender {
    /** Presses that may wait. */
    public static final int QUEUE = 64;

    /** Bytes that a packet needs. */
    public static final int PACKET_BYTES = RtpPacket.HEADER_BYTES + TelephoneEvent.BYTES;

    private static final int END_PACKETS = 3;
    private static final int PAUSE_MILLIS = 60;

    private final int frame;
    private final AudioFormat format;
    private final int[] keys = new int[QUEUE];
    private final int[] durations = new int[QUEUE];
    private int head;
    private int waiting;
    private boolean sounding;
    private int eventTimestamp;
    private int elapsed;
    private int endPackets;
    private int pause;

    public TelephoneEventSender(AudioFormat format) {
        this.format = format;
        frame = format.samplesPerCycle();
    }

    /**
     * Queues a press.
     *
     * @param millis its length, at least one cycle; what one event cannot tell (8 s at 8 kHz) is cut
     * @return false if too many wait
     */
    public boolean send(int key, int millis) {
        if (key < 0 || key >= TelephoneEvent.KEYS) {
            throw new IllegalArgumentException("no key: " + key);
        }
        if (waiting == QUEUE) {
            return false;
        }
        int slot = (head + waiting++) % QUEUE;
        keys[slot] = key;
        durations[slot] = Math.min(Math.max(frame, format.samples(millis)), TelephoneEvent.LONGEST / frame * frame);
        return true;
    }

    /** Whether a press sounds or waits. */
    public boolean isBusy() {
        return waiting > 0;
    }

    /**
     * Writes the packet of one cycle, if a press sounds.
     *
     * @param payloadType the peer's number for telephone events
     * @return the packet's length, or 0: then it is sound's turn
     */
    public int write(byte[] packet, int payloadType, RtpSender rtp) {
        if (pause > 0) {
            pause -= frame;
            return 0;
        }
        if (waiting == 0) {
            return 0;
        }
        boolean first = !sounding;
        if (first) {
            sounding = true;
            eventTimestamp = rtp.timestamp();
            elapsed = 0;
            endPackets = 0;
        }
        elapsed = Math.min(elapsed + frame, durations[head]);
        boolean end = elapsed == durations[head];
        TelephoneEvent.write(packet, RtpPacket.HEADER_BYTES, keys[head], end, elapsed);
        int length = rtp.writeEvent(packet, payloadType, first, eventTimestamp, TelephoneEvent.BYTES, frame);
        if (end && ++endPackets == END_PACKETS) {
            head = (head + 1) % QUEUE;
            waiting--;
            sounding = false;
            pause = format.samples(PAUSE_MILLIS);
        }
        return length;
    }
}
