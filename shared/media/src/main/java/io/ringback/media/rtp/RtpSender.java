package io.ringback.media.rtp;

import io.ringback.media.codec.SpeechCodec;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a leg sends: one SSRC, one run of sequence numbers and one of timestamps for the leg's life, whatever codec or
 * address later offers and answers bring. Each cycle writes one packet, of sound or of a telephone event. Written by the pacer's
 * thread only; the counters may be read by any.
 */
public final class RtpSender {
    private final int ssrc;
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong payloadBytes = new AtomicLong();
    private int sequence;
    private volatile int timestamp;
    private boolean marker = true;

    /** Begins a leg; the three numbers should be random (RFC 3550 §5.1). */
    public RtpSender(int ssrc, int firstSequence, int firstTimestamp) {
        this.ssrc = ssrc;
        sequence = firstSequence;
        timestamp = firstTimestamp;
    }

    /**
     * Writes a packet of sound and moves on by its samples.
     *
     * @return its length in bytes
     */
    public int writeSound(byte[] packet, int payloadType, SpeechCodec codec, short[] frame) {
        int length = codec.encode(frame, 0, frame.length, packet, RtpPacket.HEADER_BYTES);
        int bytes = write(packet, payloadType, marker, timestamp, length);
        marker = false;
        advance(frame.length);
        return bytes;
    }

    /**
     * Writes a packet whose payload stands in {@code packet} already, behind room for the header, and moves on by
     * {@code samples}: a telephone event keeps the timestamp of its start while time goes on (RFC 4733 §2.3.3).
     *
     * @return its length in bytes
     */
    public int writeEvent(
            byte[] packet, int payloadType, boolean first, int eventTimestamp, int payloadLength, int samples) {
        int bytes = write(packet, payloadType, first, eventTimestamp, payloadLength);
        advance(samples);
        return bytes;
    }

    private int write(byte[] packet, int payloadType, boolean first, int at, int payloadLength) {
        RtpPacket.writeHeader(packet, 0, payloadType, first, sequence, at, ssrc);
        sequence = (sequence + 1) & 0xFFFF;
        packets.lazySet(packets.get() + 1);
        payloadBytes.lazySet(payloadBytes.get() + payloadLength);
        return RtpPacket.HEADER_BYTES + payloadLength;
    }

    /** Lets time pass without a packet; the next packet of sound carries the marker. */
    public void skip(int samples) {
        marker = true;
        advance(samples);
    }

    private void advance(int samples) {
        int now = timestamp;
        timestamp = now + samples;
    }

    public int ssrc() {
        return ssrc;
    }

    /** The timestamp that the next packet of sound will carry. */
    public int timestamp() {
        return timestamp;
    }

    /** Packets sent. */
    public long packets() {
        return packets.get();
    }

    /** Bytes of payload sent. */
    public long payloadBytes() {
        return payloadBytes.get();
    }
}
