package io.ringback.testkit;

import java.security.SecureRandom;

/**
 * Runs a property with many random inputs, each from its own seed. A failure names the seed; with
 * {@code -Dringback.seed=<seed>} the property then runs with that seed alone.
 */
public final class Seeded {
    /** The system property that replays one case. */
    public static final String REPLAY = "ringback.seed";

    private static final SecureRandom SEEDS = new SecureRandom();

    private Seeded() {}

    /** What has to hold for every input that the generator makes. */
    @FunctionalInterface
    public interface Property {
        void check(Generator generator) throws Exception;
    }

    /** Checks a property with fresh seeds, or with the one that is to be replayed. */
    public static void check(int cases, Property property) {
        Long replay = Long.getLong(REPLAY);
        if (replay != null) {
            checkSeed(replay, property);
            return;
        }
        for (int i = 0; i < cases; i++) {
            checkSeed(SEEDS.nextLong(), property);
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
