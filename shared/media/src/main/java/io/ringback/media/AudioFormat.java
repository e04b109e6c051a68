package io.ringback.media;

import java.time.Duration;

/**
 * The rate at which a call is mixed: mono, 16-bit linear samples. Everything downstream of the codecs takes its frame
 * length from here, so that a second rate is a second instance and nothing else.
 *
 * @param sampleRate samples per second, 8000 to 48000, a multiple of 50 so that a cycle holds whole samples
 */
public record AudioFormat(int sampleRate) {
    /** Mixing cycles per second. */
    public static final int CYCLES_PER_SECOND = 50;

    /** Length of one mixing cycle in ms. */
    public static final int CYCLE_MILLIS = 1000 / CYCLES_PER_SECOND;

    /** Length of one mixing cycle in ns. */
    public static final long CYCLE_NANOS = CYCLE_MILLIS * 1_000_000L;

    /** The rate of G.711. */
    public static final AudioFormat NARROWBAND = new AudioFormat(8000);

    public AudioFormat {
        if (sampleRate < 8000 || sampleRate > 48000 || sampleRate % CYCLES_PER_SECOND != 0) {
            throw new IllegalArgumentException("no mixing rate: " + sampleRate);
        }
    }

    /** Samples of one mixing cycle. */
    public int samplesPerCycle() {
        return sampleRate / CYCLES_PER_SECOND;
    }

    /** Samples of that many ms. */
    public int samples(int millis) {
        return Math.toIntExact((long) sampleRate * millis / 1000);
    }

    /** How long that many samples sound. */
    public Duration duration(long samples) {
        return Duration.ofNanos(Math.multiplyExact(samples, 1_000_000L) / sampleRate * 1000);
    }
}
