package io.ringback.media.jitter;

/** Samples by RTP timestamp, as far as they have come: a ring that knows of each place whether it is filled. */
final class SampleTimeline {
    private final short[] samples;
    private final boolean[] present;
    private final int mask;

    /** @param capacity samples that it spans, a power of two */
    SampleTimeline(int capacity) {
        samples = new short[capacity];
        present = new boolean[capacity];
        mask = capacity - 1;
    }

    int capacity() {
        return samples.length;
    }

    void put(int timestamp, short[] from, int offset, int length) {
        for (int i = 0; i < length; i++) {
            samples[(timestamp + i) & mask] = from[offset + i];
            present[(timestamp + i) & mask] = true;
        }
    }

    boolean has(int timestamp) {
        return present[timestamp & mask];
    }

    boolean hasAll(int timestamp, int length) {
        for (int i = 0; i < length; i++) {
            if (!has(timestamp + i)) {
                return false;
            }
        }
        return true;
    }

    short get(int timestamp) {
        return samples[timestamp & mask];
    }

    /** Forgets what is past, so that the places can be filled again. */
    void clear(int timestamp, int length) {
        for (int i = 0; i < length; i++) {
            present[(timestamp + i) & mask] = false;
        }
    }

    void clear() {
        clear(0, samples.length);
    }
}
