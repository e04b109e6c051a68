package io.ringback.functions.workers;

import io.ringback.core.port.Outbox;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.log.Masked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pokes every stream that has been due and was not done: a poke was lost, or whoever had it. */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** Streams of one shard in one round; the longest waiting come first, the rest in a minute. */
    private static final int STREAMS = 200;

    /** What a shard may take. */
    private static final Duration ONE_SHARD = Duration.ofSeconds(8);

    private final Outbox outbox;
    private final Pokes pokes;
    private final InstantSource clock;

    Sweep(Outbox outbox, Pokes pokes, InstantSource clock) {
        this.outbox = outbox;
        this.pokes = pokes;
        this.clock = clock;
    }

    /** One round; a shard that cannot be read is left to the next. */
    void run(Deadline deadline) {
        Instant now = clock.instant();
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            if (!deadline.leaves(ONE_SHARD)) {
                LOG.warn("Shards from {} on are left to the next round", shard);
                return;
            }
            try {
                List<StreamRef> due = outbox.due(shard, now, STREAMS);
                if (!due.isEmpty()) {
                    LOG.info("{} streams are overdue", due.size());
                    pokes.poke(due);
                }
            } catch (RuntimeException e) {
                LOG.error("Shard {} cannot be swept: {}", shard, Masked.trace(e));
            }
        }
    }
}
