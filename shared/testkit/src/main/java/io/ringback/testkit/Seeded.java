package io.ringback.testkit;

import java.security.SecureRandom;

/**
 * Runs a property with many random inputs, each from its own seed. A failure names the seed; with
 * {@code -Dringback.seed=<seed>} the property then runs with that seed alone. The seeds are the same in every run, so
 * that a change is judged by itself; {@code -Dringback.explore=true} takes fresh ones.
 */
public final class Seeded {
    /** The system property that replays one case. */
    public static final String REPLAY = "ringback.seed";

    /** The system property that asks for seeds that nobody has tried. */
    public static final String EXPLORE = "ringback.explore";

    private Seeded() {}

    /** What has to hold for every input that the generator makes. */
    @FunctionalInterface
    public interface Property {
        void check(Generator generator) throws Exception;
    }

    /** The seed for a test that needs one and no more: always the same, fresh, or the one that is to be replayed. */
    public static long seed() {
        return Long.getLong(REPLAY, Boolean.getBoolean(EXPLORE) ? new SecureRandom().nextLong() : 1);
    }

    /** Checks a property with as many seeds, or with the one that is to be replayed. */
    public static void check(int cases, Property property) {
        Long replay = Long.getLong(REPLAY);
        if (replay != null) {
            checkSeed(replay, property);
            return;
        }
        long first = seed();
        for (int i = 0; i < cases; i++) {
            checkSeed(first + i, property);
        }
    }

    private static void checkSeed(long seed, Property property) {
        try {
            property.check(new Generator(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "fails with seed " + seed + "; replay it with -D" + REPLAY + "=" + seed + ": " + e.getMessage(), e);
        }
    }
}
