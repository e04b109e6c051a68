package io.ringback.aws.environment;

import io.ringback.wire.log.Masked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.crac.Context;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets by ARN, read when first asked for and again after five minutes, so that a rotation is noticed.
 *
 * <p>Whoever finds a secret refused asks for a fresh one. That is answered from memory for ten seconds: else every
 * request with a wrong key would cost a call of Secrets Manager.
 *
 * <p>While the source cannot be asked, what it said last holds on.
 *
 * <p>What a snapshot of the process remembers may be days old when it is restored, by a clock that may be behind that of
 * the snapshot: then everything is read again.
 */
public final class Secrets implements Resource {
    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final UnaryOperator<String> source;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new HashMap<>();

    /** @param source reads the current value of a secret by its ARN */
    public Secrets(UnaryOperator<String> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /** As it was at most five minutes ago. */
    public String current(String arn) {
        return read(arn, KEPT);
    }

    /** As it was at most ten seconds ago. */
    public String fresh(String arn) {
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
            entry = read(arn, entry, now);
            entries.put(arn, entry);
        }
        return entry.value();
    }

    private Entry read(String arn, @Nullable Entry before, Instant now) {
        try {
            return new Entry(source.apply(arn), now);
        } catch (RuntimeException e) {
            if (before == null) {
                throw e;
            }
            LOG.warn("{} cannot be read; it stays as it was at {}: {}", arn, before.readAt(), Masked.trace(e));
            // To be tried again when a fresh one would be.
            return new Entry(before.value(), now.minus(KEPT).plus(FRESH));
        }
    }

    private record Entry(String value, Instant readAt) {}
}
