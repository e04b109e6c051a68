package io.ringback.aws.dynamodb;

import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.Generator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Consumes streams of both twins: what is new, and letters that are sent again. */
final class TwinStreams {
    private final Twins twins;
    private final Generator generator;
    private final FakeClock clock;
    private final List<Row> read = new ArrayList<>();
    private final List<DeadLetters.Letter> letters = new ArrayList<>();
    private final List<Outbox.Redriven> waiting = new ArrayList<>();

    TwinStreams(Twins twins) {
        this.twins = twins;
        this.generator = twins.generator();
        this.clock = twins.clock();
    }

    void read() {
        StreamRef stream = new StreamRef(generator.pick(Twins.CALLS), generator.pick(Twins.TARGETS));
        int limit = generator.between(1, 4);
        read.addAll(twins.both(storage -> storage.outbox().read(stream, limit)).rows());
    }

    /** A row that was read some time ago; the twin in memory wants a truthful log. */
    void advance() {
        List<Row> open = read.stream().filter(row -> !row.isFinished()).toList();
        if (open.isEmpty()) {
            return;
        }
        Row row = generator.pick(open);
        int done = generator.between(row.done() + 1, row.items().size());
        List<Attempt> attempts = new ArrayList<>();
        for (int i = row.done(); i < done; i++) {
            Outcome outcome = generator.pick(Outcome.DELIVERED, Outcome.DEAD, Outcome.VOID);
            attempts.add(new Attempt(row.firstSequence() + i, clock.instant(), outcome, 200, ""));
        }
        twins.both(storage -> storage.outbox().advance(row, done, attempts, clock.instant()))
                .ifPresent(read::add);
    }

    void postpone() {
        List<Row> open = read.stream().filter(row -> !row.isFinished()).toList();
        if (open.isEmpty()) {
            return;
        }
        Row row = generator.pick(open);
        Attempt failed = new Attempt(row.firstSequence() + row.done(), clock.instant(), Outcome.FAILED, 503, "");
        Duration pause = generator.upTo(Duration.ofMinutes(2));
        twins.both(storage ->
                        storage.outbox().postpone(row, failed, clock.instant().plus(pause)))
                .ifPresent(read::add);
    }

    /** All pages together; which of two rows of the same moment comes first is nobody's promise. */
    void letters() {
        DeadLetters.Question question = new DeadLetters.Question(
                generator.percent(30) ? generator.pick(Twins.CALLS) : null,
                generator.percent(30) ? URI.create("https://app.example/call") : null,
                generator.between(1, 4),
                null);
        letters.addAll(twins.both(storage -> {
            Set<DeadLetters.Letter> letters = new HashSet<>();
            String token = null;
            do {
                DeadLetters.Answer.Page page = (DeadLetters.Answer.Page) storage.deadLetters()
                        .list(new DeadLetters.Question(
                                question.serverCallId(), question.callbackUri(), question.top(), token));
                letters.addAll(page.letters());
                token = page.continuationToken();
            } while (token != null);
            return letters;
        }));
    }

    /** A letter that was listed some time ago. */
    void redrive() {
        clock.advance(generator.upTo(Duration.ofHours(generator.percent(10) ? 100 : 1)));
        letters();
        if (!letters.isEmpty()) {
            DeadLetters.Letter letter = generator.pick(letters);
            twins.both(storage -> storage.deadLetters().redrive(letter.id(), null));
        }
    }

    /** What waits now, or waited some time ago. */
    void redeliver() {
        StreamRef stream = new StreamRef(generator.pick(Twins.CALLS), generator.pick(Twins.TARGETS));
        Outbox.Redriven first =
                twins.both(storage -> storage.outbox().read(stream, 1)).redriven();
        if (first != null) {
            waiting.add(first);
        }
        if (waiting.isEmpty()) {
            return;
        }
        Outbox.Redriven letter = first != null && generator.percent(80) ? first : generator.pick(waiting);
        long sequence = letter.event().sequence();
        if (generator.percent(40)) {
            Attempt failed = new Attempt(sequence, clock.instant(), Outcome.FAILED, 503, "");
            Instant next = clock.instant().plus(generator.upTo(Duration.ofMinutes(2)));
            twins.both(storage -> storage.outbox().postpone(letter, failed, next));
        } else {
            Outcome outcome = generator.pick(Outcome.DELIVERED, Outcome.DEAD, Outcome.VOID);
            Attempt last = new Attempt(sequence, clock.instant(), outcome, 200, "");
            twins.both(storage -> storage.outbox().settle(letter, last, clock.instant()));
        }
    }

    void due() {
        clock.advance(generator.upTo(Duration.ofMinutes(1)));
        twins.both(storage -> {
            Set<StreamRef> due = new HashSet<>();
            for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
                due.addAll(storage.outbox().due(shard, clock.instant(), 100));
            }
            return due;
        });
    }
}
