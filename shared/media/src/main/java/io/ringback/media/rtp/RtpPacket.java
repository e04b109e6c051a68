package io.ringback.media.rtp;

/**
 * A view over the bytes of one RTP packet (RFC 3550 §5.1); one view is used for packet after packet.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           timestamp                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           synchronization source (SSRC) identifier            |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |            contributing source (CSRC) identifiers: CC         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |    profile's own (if X)       |  length in 32-bit words       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            header extension, payload, padding (if P) ...      |
 * </pre>
 */
public final class RtpPacket {
    /** Bytes of a header without CSRCs and extension, as we send it. */
    public static final int HEADER_BYTES = 12;

    private byte[] bytes = new byte[HEADER_BYTES];
    private int start;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Looks at {@code length} bytes from {@code offset} on, which must not change while the view is in use.
     *
     * @return false if they are no RTP packet; then the view shows the packet before
     */
    public boolean wrap(byte[] buffer, int offset, int length) {
        if (length < HEADER_BYTES || (buffer[offset] & 0xC0) != 0x80 || isRtcp(buffer[offset + 1])) {
            return false;
        }
        int header = HEADER_BYTES + 4 * (buffer[offset] & 0x0F);
        if ((buffer[offset] & 0x10) != 0) {
            if (length < header + 4) {
                return false;
            }
            header += 4 + 4 * Bytes.uint16(buffer, offset + header + 2);
        }
        int padding = 0;
        if ((buffer[offset] & 0x20) != 0) {
            padding = buffer[offset + length - 1] & 0xFF;
            if (padding == 0) {
                return false;
            }
        }
        if (header + padding > length) {
            return false;
        }
        bytes = buffer;
        start = offset;
        payloadOffset = offset + header;
        payloadLength = length - header - padding;
        return true;
    }

    /** RTCP types 192 to 223 are never RTP where both may share a port (RFC 5761 §4). */
    private static boolean isRtcp(byte second) {
        int type = second & 0xFF;
        return type >= 192 && type <= 223;
    }

    /** The array under this view. */
    public byte[] array() {
        return bytes;
    }

    /** The marker bit: first packet after silence, first packet of a telephone event. */
    public boolean marker() {
        return (bytes[start + 1] & 0x80) != 0;
    }

    /** Payload type, 0 to 127. */
    public int payloadType() {
        return bytes[start + 1] & 0x7F;
    }

    /** Sequence number, 0 to 65535. */
    public int sequence() {
        return Bytes.uint16(bytes, start + 2);
    }

    /** Timestamp in units of the codec's clock, all 32 bits. */
    public int timestamp() {
        return Bytes.int32(bytes, start + 4);
    }

    /** Synchronisation source, all 32 bits. */
    public int ssrc() {
        return Bytes.int32(bytes, start + 8);
    }

    /** Where the payload begins in {@link #array()}. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Bytes of payload, padding left out. */
    public int payloadLength() {
        return payloadLength;
    }

    /** How far {@code to} lies after {@code from} in sequence, −32768 to 32767, across the wrap. */
    public static int sequenceDistance(int from, int to) {
        return (short) (to - from);
    }

    /** Writes a header of {@link #HEADER_BYTES} bytes. */
    public static void writeHeader(
            byte[] buffer, int offset, int payloadType, boolean marker, int sequence, int timestamp, int ssrc) {
        buffer[offset] = (byte) 0x80;
        buffer[offset + 1] = (byte) (marker ? payloadType | 0x80 : payloadType);
        Bytes.putInt16(buffer, offset + 2, sequence);
        Bytes.putInt32(buffer, offset + 4, timestamp);
        Bytes.putInt32(buffer, offset + 8, ssrc);
    }
}
