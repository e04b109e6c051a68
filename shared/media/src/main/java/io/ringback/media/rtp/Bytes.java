package io.ringback.media.rtp;

/** Network byte order over plain arrays. */
final class Bytes {
    private Bytes() {}

    static int uint16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    static int int32(byte[] bytes, int at) {
        return uint16(bytes, at) << 16 | uint16(bytes, at + 2);
    }

    static long uint32(byte[] bytes, int at) {
        return int32(bytes, at) & 0xFFFF_FFFFL;
    }

    static void putInt16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    static void putInt32(byte[] bytes, int at, int value) {
        putInt16(bytes, at, value >> 16);
        putInt16(bytes, at + 2, value);
    }
}
