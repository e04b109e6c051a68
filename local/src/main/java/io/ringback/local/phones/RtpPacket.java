package io.ringback.local.phones;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An RTP packet (RFC 3550 §5.1), a view over its bytes.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |V=2|P|X|  CC   |M|     PT      |            sequence           |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * </pre>
 */
public final class RtpPacket {
    private static final int HEADER = 12;
    private static final int VERSION_2 = 0x80;

    private final byte[] bytes;
    private final int payloadFrom;
    private final int payloadTo;

    private RtpPacket(byte[] bytes, int payloadFrom, int payloadTo) {
        this.bytes = bytes;
        this.payloadFrom = payloadFrom;
        this.payloadTo = payloadTo;
    }

    static RtpPacket of(int payloadType, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload) {
        byte[] bytes = ByteBuffer.allocate(HEADER + payload.length)
                .put((byte) VERSION_2)
                .put((byte) (payloadType | (marker ? 0x80 : 0)))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(ssrc)
                .put(payload)
                .array();
        return new RtpPacket(bytes, HEADER, bytes.length);
    }

    /** Reads a datagram; empty when it is no RTP of version 2, or shorter than it says. */
    static Optional<RtpPacket> parse(byte[] bytes) {
        if (bytes.length < HEADER || (bytes[0] & 0xC0) != VERSION_2) {
            return Optional.empty();
        }
        int from = HEADER + 4 * (bytes[0] & 0x0F);
        if ((bytes[0] & 0x10) != 0) {
            if (bytes.length < from + 4) {
                return Optional.empty();
            }
            from += 4 + 4 * (ByteBuffer.wrap(bytes).getShort(from + 2) & 0xFFFF);
        }
        int to = bytes.length - ((bytes[0] & 0x20) != 0 ? bytes[bytes.length - 1] & 0xFF : 0);
        return from > to ? Optional.empty() : Optional.of(new RtpPacket(bytes, from, to));
    }

    /** Payload type, 0 to 127. */
    public int payloadType() {
        return bytes[1] & 0x7F;
    }

    public boolean marker() {
        return (bytes[1] & 0x80) != 0;
    }

    /** Sequence number, 0 to 65535. */
    public int sequence() {
        return ByteBuffer.wrap(bytes).getShort(2) & 0xFFFF;
    }

    /** Timestamp in samples; the unsigned value is kept in the bits of the int. */
    public int timestamp() {
        return ByteBuffer.wrap(bytes).getInt(4);
    }

    /** Synchronisation source; the unsigned value is kept in the bits of the int. */
    public int ssrc() {
        return ByteBuffer.wrap(bytes).getInt(8);
    }

    /** A copy of the payload. */
    public byte[] payload() {
        return Arrays.copyOfRange(bytes, payloadFrom, payloadTo);
    }

    /** A copy of the whole datagram. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
