package io.ringback.media.dtmf;

/**
 * The payload of a telephone-event packet (RFC 4733 §2.3):
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     event     |E|R| volume    |          duration             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class TelephoneEvent {
    static final int BYTES = 4;
    static final int LONGEST = 0xFFFF;
    static final int KEYS = 16;

    /** The level that we tell: −10 dBm0. */
    private static final int VOLUME = 10;

    private TelephoneEvent() {}

    static int code(byte[] payload, int offset) {
        return payload[offset] & 0xFF;
    }

    /** The end bit; the reserved bit beside it says nothing. */
    static boolean isEnd(byte[] payload, int offset) {
        return (payload[offset + 1] & 0x80) != 0;
    }

    static int duration(byte[] payload, int offset) {
        return (payload[offset + 2] & 0xFF) << 8 | (payload[offset + 3] & 0xFF);
    }

    static void write(byte[] payload, int offset, int code, boolean end, int duration) {
        payload[offset] = (byte) code;
        payload[offset + 1] = (byte) (end ? VOLUME | 0x80 : VOLUME);
        payload[offset + 2] = (byte) (duration >> 8);
        payload[offset + 3] = (byte) duration;
    }
}
