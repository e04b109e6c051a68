package io.ringback.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringback.testkit.Seeded;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * How long it lasts and how hard it is.
 *
 * @param seed of every fault and of every call's script
 * @param length from the first call to the last
 * @param callsPerMinute that are placed, by the application and by callers
 * @param life how long a life of the media gateway lasts, on average
 */
record ChaosPlan(long seed, Duration length, int callsPerMinute, Duration life) {
    private static final String SECONDS = "ringback.chaos.seconds";
    private static final String CALLS_PER_MINUTE = "ringback.chaos.callsPerMinute";
    private static final String LIFE = "ringback.chaos.lifeSeconds";
    private static final String SEED = "ringback.chaos.seed";

    /** The short form, where no system property says otherwise. */
    static ChaosPlan fromProperties() {
        Duration length = Duration.ofSeconds(Long.getLong(SECONDS, 135));
        return new ChaosPlan(
                Long.getLong(SEED, Seeded.seed()),
                length,
                Integer.getInteger(CALLS_PER_MINUTE, 90),
                Duration.ofSeconds(Long.getLong(LIFE, 15)));
    }

    /** Randomness of its own for each kind of fault: the one does not shift the other. */
    Random random(String family) {
        CRC32 name = new CRC32();
        name.update(family.getBytes(UTF_8));
        return new Random(seed * 1_000_003 + name.getValue());
    }

    int calls() {
        return (int) (length.toMillis() * callsPerMinute / 60_000);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + calls() + " calls in " + length.toSeconds() + " s, the gateway killed each "
                + life.toSeconds() + " s; again with -D" + SEED + "=" + seed + " -D" + SECONDS + "="
                + length.toSeconds() + " -D" + LIFE + "=" + life.toSeconds();
    }
}
