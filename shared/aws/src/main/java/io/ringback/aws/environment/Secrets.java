package io.ringback.aws.environment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.crac.Context;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Secrets by ARN, read when first asked for and again after five minutes, so that a rotation is noticed.
 *
 * <p>Whoever finds a secret refused asks for a fresh one. That is answered from memory for ten seconds: else every
 * request with a wrong key would cost a call of Secrets Manager.
 *
 * <p>What a snapshot of the process remembers may be days old when it is restored, by a clock that may be behind that of
 * the snapshot: then everything is read again.
 */
final class Secrets implements Resource {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final UnaryOperator<String> source;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new HashMap<>();

    /** @param source reads the current value of a secret by its ARN */
    Secrets(UnaryOperator<String> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    String current(String arn) {
        return read(arn, KEPT);
    }

    String fresh(String arn) {
        return read(arn, FRESH);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        // Nothing is open.
    }

    @Override
    public synchronized void afterRestore(Context<? extends Resource> context) {
        entries.clear();
    }

    private synchronized String read(String arn, Duration maxAge) {
        Instant now = clock.instant();
        @Nullable Entry entry = entries.get(arn);
        if (entry == null || !now.isBefore(entry.readAt().plus(maxAge))) {
            entry = new Entry(source.apply(arn), now);
            entries.put(arn, entry);
        }
        return entry.value();
    }

    private record Entry(String value, Instant readAt) {}
}
