package io.ringback.local.phones;

import java.time.Duration;
import java.util.Random;

/** One direction of a line: decides for each packet, by a seeded sequence, whether and how much later it arrives. */
final class Line {
    /** What becomes of a packet. */
    record Fate(boolean lost, Duration delay) {}

    private final LineProfile profile;
    private final Random random;

    Line(LineProfile profile, long seed) {
        this.profile = profile;
        this.random = new Random(seed);
    }

    Fate next() {
        boolean lost = random.nextDouble() < profile.loss();
        long delayNanos = (long) (random.nextDouble() * profile.jitter().toNanos());
        return new Fate(lost, Duration.ofNanos(delayNanos));
    }
}
