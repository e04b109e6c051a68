package io.ringback.media.codec;

/** A codec without memory of earlier packets, whose RTP clock runs at its sample rate. Allocates nothing. */
public interface SpeechCodec {
    /** Samples per second on both sides. */
    int sampleRate();

    /** How many samples a payload of that many bytes holds. */
    int samples(int payloadBytes);

    /**
     * Decodes a payload.
     *
     * @return the number of samples written to {@code pcm} from {@code pcmOffset} on
     */
    int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset);

    /**
     * Encodes samples.
     *
     * @return the number of bytes written to {@code payload} from {@code offset} on
     */
    int encode(short[] pcm, int pcmOffset, int samples, byte[] payload, int offset);
}
