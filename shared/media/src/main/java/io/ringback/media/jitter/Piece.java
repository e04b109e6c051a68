package io.ringback.media.jitter;

/** Decoded sound of one packet, or of a part of a long one. */
final class Piece {
    final short[] samples;
    int length;
    int ssrc;
    int sequence;
    int timestamp;
    boolean firstOfPacket;

    /** The source sends no sound from {@link #timestamp} on, until it does again. */
    boolean pause;

    Piece(int capacity) {
        samples = new short[capacity];
    }

    void copyFrom(Piece other) {
        length = Math.min(other.length, samples.length);
        System.arraycopy(other.samples, 0, samples, 0, length);
        ssrc = other.ssrc;
        sequence = other.sequence;
        timestamp = other.timestamp;
        firstOfPacket = other.firstOfPacket;
        pause = other.pause;
    }
}
