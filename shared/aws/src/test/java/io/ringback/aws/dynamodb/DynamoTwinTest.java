package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.contract.Storage;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.Generator;
import io.ringback.testkit.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB and its twin in memory answer alike, whatever happens in whatever order. */
class DynamoTwinTest {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final DynamoDbClient CLIENT = AWS.dynamoDb();
    private static final List<String> CALLS = List.of("call0000000000000001", "call0000000000000002");
    private static final List<Target> TARGETS =
            List.of(Target.MEDIA, CallSamples.CALLBACKS, CallSamples.OTHER_CALLBACKS);

    @AfterAll
    static void close() {
        AWS.close();
    }

    @Test
    void bothAnswerAlike() {
        Seeded.check(6, generator -> {
            Life life = new Life(generator);
            for (int i = 0; i < 80; i++) {
                life.step();
            }
        });
    }

    private static final class Life {
        private final Generator generator;
        private final FakeClock clock = FakeClock.atNoon();
        private final Storage memory = new MemoryStorage(new PlainEncoder(), clock);
        private final Storage dynamo = new DynamoStorage(CLIENT, AWS.createTable(), clock);
        private final List<ServerCall> loaded = new ArrayList<>();
        private final List<Row> read = new ArrayList<>();

        Life(Generator generator) {
            this.generator = generator;
        }

        void step() {
            switch (generator.between(0, 9)) {
                case 0, 1 -> load();
                case 2, 3 -> commit();
                case 4, 5 -> read();
                case 6, 7 -> advance();
                case 8 -> postpone();
                default -> due();
            }
        }

        private void load() {
            String call = generator.pick(CALLS);
            both(storage -> storage.calls().load(call)).ifPresent(loaded::add);
        }

        /** On a fresh call, or on one that was loaded some time ago. */
        private void commit() {
            ServerCall call = loaded.isEmpty() || generator.percent(10)
                    ? CallSamples.fresh(generator.pick(CALLS), clock.instant())
                    : generator.percent(80) ? loaded.get(loaded.size() - 1) : generator.pick(loaded);
            List<Effect> effects = new ArrayList<>();
            for (Target target : TARGETS) {
                long next = call.nextSequence().getOrDefault(target.key(), 1L);
                int size = generator.between(0, 3);
                for (int i = 0; i < size; i++) {
                    effects.add(effect(target, next + i));
                }
            }
            Commit commit = new Commit(
                    CallSamples.after(call, effects), effects, CallSamples.causes(clock.instant()), clock.instant());
            both(storage -> storage.calls().commit(commit));
        }

        private Effect effect(Target target, long sequence) {
            if (target.equals(Target.MEDIA)) {
                return CallSamples.command(sequence, clock.instant());
            }
            return CallSamples.event(
                    target.equals(CallSamples.CALLBACKS) ? CallSamples.CALLBACK : CallSamples.OTHER_CALLBACK,
                    sequence,
                    clock.instant());
        }

        private void read() {
            StreamRef stream = new StreamRef(generator.pick(CALLS), generator.pick(TARGETS));
            int limit = generator.between(1, 4);
            read.addAll(both(storage -> storage.outbox().read(stream, limit)).rows());
        }

        /** A row that was read some time ago; the twin in memory wants a truthful log. */
        private void advance() {
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
            both(storage -> storage.outbox().advance(row, done, attempts, clock.instant()))
                    .ifPresent(read::add);
        }

        private void postpone() {
            List<Row> open = read.stream().filter(row -> !row.isFinished()).toList();
            if (open.isEmpty()) {
                return;
            }
            Row row = generator.pick(open);
            Attempt failed = new Attempt(row.firstSequence() + row.done(), clock.instant(), Outcome.FAILED, 503, "");
            Duration pause = generator.upTo(Duration.ofMinutes(2));
            both(storage -> storage.outbox()
                            .postpone(row, failed, clock.instant().plus(pause)))
                    .ifPresent(read::add);
        }

        private void due() {
            clock.advance(generator.upTo(Duration.ofMinutes(1)));
            both(storage -> {
                Set<StreamRef> due = new HashSet<>();
                for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
                    due.addAll(storage.outbox().due(shard, clock.instant(), 100));
                }
                return due;
            });
        }

        private <T> T both(Function<Storage, T> question) {
            T expected = question.apply(memory);
            assertThat(question.apply(dynamo)).isEqualTo(expected);
            return expected;
        }
    }
}
