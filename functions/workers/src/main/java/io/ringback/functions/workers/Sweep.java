package io.ringback.functions.workers;

import io.ringback.core.port.Outbox;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.log.Masked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pokes every stream that has been due and was not done: a poke was lost, or whoever had it. */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** Streams of one shard at a time; the longest waiting come first. */
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

    /**
     * Goes round the shards, and again to those that have more: who waits longest may do so because nobody can read him,
     * and must not keep the others from being woken. A shard that cannot be read is left to the next run.
     */
    void run(Deadline deadline) {
        Instant now = clock.instant();
        Set<StreamRef> poked = new HashSet<>();
        List<Integer> shards = IntStream.range(0, Outbox.DUE_SHARDS).boxed().toList();
        for (int streams = STREAMS; !shards.isEmpty(); streams += STREAMS) {
            List<Integer> more = new ArrayList<>();
            for (int shard : shards) {
                if (!deadline.leaves(ONE_SHARD)) {
                    LOG.warn("Shards from {} on are left to the next run", shard);
                    return;
                }
                if (sweep(shard, now, streams, poked)) {
                    more.add(shard);
                }
            }
            shards = more;
        }
    }

    /** Pokes those of the longest waiting that were not poked yet; whether there may be more behind them. */
    private boolean sweep(int shard, Instant now, int streams, Set<StreamRef> poked) {
        try {
            List<StreamRef> due = outbox.due(shard, now, streams);
            List<StreamRef> news = due.stream().filter(poked::add).toList();
            if (!news.isEmpty()) {
                LOG.info("{} streams are overdue", news.size());
                pokes.poke(news);
            }
            return due.size() == streams;
        } catch (RuntimeException e) {
            LOG.error("Shard {} cannot be swept: {}", shard, Masked.trace(e));
            return false;
        }
    }
}
