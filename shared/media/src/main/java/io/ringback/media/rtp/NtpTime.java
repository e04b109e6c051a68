package io.ringback.media.rtp;

import java.time.Instant;
import java.util.function.LongSupplier;

/** NTP's time: seconds since 1900 in the upper 32 bits, their fraction in the lower (RFC 3550 §4). */
public final class NtpTime implements LongSupplier {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long NANOS = 1_000_000_000L;

    private final Instant origin;
    private final long originNanos;
    private final LongSupplier nanoTime;

    /** A clock that tells {@code now} now and then runs with {@code nanoTime}, whatever happens to the wall clock. */
    public NtpTime(Instant now, LongSupplier nanoTime) {
        origin = now;
        this.nanoTime = nanoTime;
        originNanos = nanoTime.getAsLong();
    }

    @Override
    public long getAsLong() {
        Instant now = origin.plusNanos(nanoTime.getAsLong() - originNanos);
        long fraction = ((long) now.getNano() << 32) / NANOS;
        return (now.getEpochSecond() + SECONDS_1900_TO_1970) << 32 | fraction;
    }
}
