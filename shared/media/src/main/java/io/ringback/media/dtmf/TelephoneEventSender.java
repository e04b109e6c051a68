package io.ringback.media.dtmf;

import io.ringback.media.AudioFormat;
import io.ringback.media.rtp.RtpPacket;
import io.ringback.media.rtp.RtpSender;

/**
 * Sends one key press as a telephone event, one packet per cycle in the place of sound: all with the timestamp of the
 * press, the first with the marker, the duration growing, the last packet three times (RFC 4733 §2.5.1). Used on the
 * pacer's thread; a cycle allocates nothing.
 */
final class TelephoneEventSender {
    private static final int END_PACKETS = 3;

    private final int frame;
    private final AudioFormat format;
    private boolean pressed;
    private boolean begun;
    private int key;
    private int duration;
    private int eventTimestamp;
    private int elapsed;
    private int endPackets;

    TelephoneEventSender(AudioFormat format) {
        this.format = format;
        frame = format.samplesPerCycle();
    }

    /**
     * Presses a key with the next packet, in the place of a press that lasts.
     *
     * @param millis at least one cycle; what one event cannot tell (8 s at 8 kHz) is cut
     */
    void press(int eventCode, int millis) {
        key = eventCode;
        duration = Math.min(Math.max(frame, format.samples(millis)), TelephoneEvent.LONGEST / frame * frame);
        pressed = true;
        begun = false;
    }

    /** Whether a press lasts, or its end is still being sent. */
    boolean isPressed() {
        return pressed;
    }

    /** Ends the press with the next packet. */
    void release() {
        duration = Math.min(duration, Math.max(elapsed, frame));
    }

    /** Forgets the press, since no more events can be sent. */
    void drop() {
        pressed = false;
    }

    /**
     * Writes the packet of one cycle, if a press lasts.
     *
     * @param payloadType the peer's number for telephone events
     * @return the packet's length, or 0: then it is sound's turn
     */
    int write(byte[] packet, int payloadType, RtpSender rtp) {
        if (!pressed) {
            return 0;
        }
        boolean first = !begun;
        if (first) {
            begun = true;
            eventTimestamp = rtp.timestamp();
            elapsed = 0;
            endPackets = 0;
        }
        elapsed = Math.min(elapsed + frame, duration);
        boolean end = elapsed == duration;
        TelephoneEvent.write(packet, RtpPacket.HEADER_BYTES, key, end, elapsed);
        int length = rtp.writeEvent(packet, payloadType, first, eventTimestamp, TelephoneEvent.BYTES, frame);
        if (end && ++endPackets == END_PACKETS) {
            pressed = false;
        }
        return length;
    }
}
