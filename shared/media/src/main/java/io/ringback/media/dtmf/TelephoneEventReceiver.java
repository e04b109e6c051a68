package io.ringback.media.dtmf;

import io.ringback.media.rtp.RtpPacket;

/**
 * Finds the presses in a leg's telephone-event packets. A press is one SSRC, event timestamp and code; its first packet
 * that comes reports it, whichever that is. It goes on in
 *
 * <ul>
 *   <li>each further packet with the same three, until long after its end: repeated and late ones count once;
 *   <li>the next segment of a long press: a timestamp later by the full 0xFFFF, without marker (RFC 4733 §2.5.1.3);
 *   <li>the same code with another timestamp within 40 ms of a packet without E: some senders count time on.
 * </ul>
 *
 * <p>It is over when E was seen, another event starts, or 120 ms pass without a packet. The marker is not needed. Used
 * by one thread.
 */
public final class TelephoneEventReceiver {
    private static final long MILLI = 1_000_000;
    private static final long OVER_AFTER = 120 * MILLI;
    private static final long SAME_WITHIN = 40 * MILLI;

    /** A packet with an earlier timestamp is a straggler for so long; after that the sender's time was set anew. */
    private static final long STRAGGLERS = 1000 * MILLI;

    private boolean any;
    private int ssrc;
    private int timestamp;
    private int code;
    private int duration;
    private boolean ended;
    private long lastArrival;
    private long malformed;

    /**
     * Takes a packet of the leg's telephone-event payload type.
     *
     * @param arrivalNanos monotonic
     * @return the key if this packet begins a press, else {@link DtmfTone#NONE}
     */
    public int received(RtpPacket packet, long arrivalNanos) {
        if (packet.payloadLength() < TelephoneEvent.BYTES) {
            malformed++;
            return DtmfTone.NONE;
        }
        byte[] bytes = packet.array();
        int at = packet.payloadOffset();
        int packetCode = TelephoneEvent.code(bytes, at);
        if (packetCode >= TelephoneEvent.KEYS || isStraggler(packet, arrivalNanos)) {
            return DtmfTone.NONE;
        }
        boolean goesOn = goesOn(packet, packetCode, arrivalNanos);
        boolean sameSegment = goesOn && packet.timestamp() == timestamp;
        ended = TelephoneEvent.isEnd(bytes, at) || (sameSegment && ended);
        duration = sameSegment
                ? Math.max(duration, TelephoneEvent.duration(bytes, at))
                : TelephoneEvent.duration(bytes, at);
        any = true;
        ssrc = packet.ssrc();
        timestamp = packet.timestamp();
        code = packetCode;
        lastArrival = arrivalNanos;
        return goesOn ? DtmfTone.NONE : packetCode;
    }

    private boolean isStraggler(RtpPacket packet, long now) {
        return any && packet.ssrc() == ssrc && packet.timestamp() - timestamp < 0 && now - lastArrival < STRAGGLERS;
    }

    private boolean goesOn(RtpPacket packet, int packetCode, long now) {
        if (!any || packet.ssrc() != ssrc || packetCode != code) {
            return false;
        }
        int later = packet.timestamp() - timestamp;
        boolean segment = later == TelephoneEvent.LONGEST && !packet.marker() && isPressed(now);
        return later == 0 || segment || (!ended && now - lastArrival <= SAME_WITHIN);
    }

    /** Whether a press lasts at that moment. */
    public boolean isPressed(long nowNanos) {
        return any && !ended && nowNanos - lastArrival <= OVER_AFTER;
    }

    /** How long the last press lasted, in units of the RTP timestamps, as far as the sender told: its last segment. */
    public int duration() {
        return duration;
    }

    /** Packets too short to be events. */
    public long malformed() {
        return malformed;
    }
}
