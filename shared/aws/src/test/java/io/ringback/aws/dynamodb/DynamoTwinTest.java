package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.contract.Storage;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.core.call.CallState;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.directory.Registration;
import io.ringback.core.directory.Subscription;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallLog.Question;
import io.ringback.core.port.CallLog.Summary;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.Cause;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Gateways.Reserved;
import io.ringback.core.port.Gateways.Slots;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.Registrations;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.Generator;
import io.ringback.testkit.Seeded;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final List<String> REQUESTS = List.of("request-1", "request-2", "request-3");
    private static final List<Target> TARGETS =
            List.of(Target.MEDIA, CallSamples.CALLBACKS, CallSamples.OTHER_CALLBACKS);

    private static final List<Identifier> USERS =
            List.of(Identifier.ofUser("ann"), Identifier.ofUser("bob"), Identifier.ofUser("eve"));

    private static final GatewayRef EARLIER_LIFE = new GatewayRef("gw-1", "01JEPOCH0000000000000000B1");
    private static final GatewayRef LATER_LIFE = new GatewayRef("gw-1", "01JEPOCH0000000000000000B3");

    @AfterAll
    static void close() {
        AWS.close();
    }

    @Test
    void bothAnswerAlike() {
        Seeded.check(6, generator -> {
            Life life = new Life(generator);
            for (int i = 0; i < 100; i++) {
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
        private final List<DeadLetters.Letter> letters = new ArrayList<>();
        private final List<Outbox.Redriven> waiting = new ArrayList<>();

        Life(Generator generator) {
            this.generator = generator;
        }

        void step() {
            switch (generator.between(0, 23)) {
                case 0, 1 -> load();
                case 2, 3 -> commit();
                case 4, 5 -> read();
                case 6, 7 -> advance();
                case 8 -> postpone();
                case 9 -> log();
                case 10 -> timeline();
                case 11, 12 -> subscriptions();
                case 13 -> identities();
                case 14, 15 -> registrations();
                case 16 -> letters();
                case 17, 18 -> redrive();
                case 19, 20 -> redeliver();
                case 21, 22 -> gateways();
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
            ServerCall next = generator.percent(20)
                    ? CallSamples.inState(call, generator.pick(CallState.class), clock.instant())
                    : call;
            List<Cause> causes = generator.list(1, 3, g -> cause());
            FirstAnswer answer = generator.percent(40) ? answer() : null;
            Commit commit = new Commit(CallSamples.after(next, effects), effects, causes, clock.instant(), answer);
            both(storage -> storage.calls().commit(commit));
            firstAnswers();
        }

        /** Of one of a few requests, which expires soon. */
        private FirstAnswer answer() {
            return new FirstAnswer(
                    generator.pick(REQUESTS),
                    generator.text("ab", 2),
                    generator.text("abc", 9),
                    List.of(new StreamRef(generator.pick(CALLS), generator.pick(TARGETS))),
                    clock.instant(),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(generator.between(0, 90)));
        }

        private void firstAnswers() {
            String request = generator.pick(REQUESTS);
            both(storage -> storage.firstAnswers().find(request, clock.instant()));
        }

        /** One life of the calls' gateway, which has room now and none then; rarely it is fenced, or begins anew. */
        private void gateways() {
            GatewayRef life = generator.percent(90) ? CallSamples.GATEWAY : generator.pick(EARLIER_LIFE, LATER_LIFE);
            Gateway gateway = new Gateway(
                    life,
                    URI.create("http://10.0.0.1"),
                    Slots.of(generator.between(0, 5), generator.between(0, 30)),
                    Slots.of(generator.between(0, 5), generator.between(0, 30)),
                    generator.percent(10),
                    false,
                    clock.instant());
            Reserved settled = new Reserved(generator.between(0, 9), generator.between(0, 9));
            both(storage -> storage.gateways().heartbeat(gateway, settled));
            both(storage -> storage.gateways().all()).stream()
                    .filter(seen -> generator.percent(5))
                    .forEach(seen -> both(storage -> storage.gateways().fence(seen, clock.instant())));
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

        /** All pages together; which of two rows of the same moment comes first is nobody's promise. */
        private void letters() {
            DeadLetters.Question question = new DeadLetters.Question(
                    generator.percent(30) ? generator.pick(CALLS) : null,
                    generator.percent(30) ? URI.create("https://app.example/call") : null,
                    generator.between(1, 4),
                    null);
            letters.addAll(both(storage -> {
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
        private void redrive() {
            clock.advance(generator.upTo(Duration.ofHours(generator.percent(10) ? 100 : 1)));
            letters();
            if (!letters.isEmpty()) {
                DeadLetters.Letter letter = generator.pick(letters);
                both(storage -> storage.deadLetters().redrive(letter.id(), null));
            }
        }

        /** What waits now, or waited some time ago. */
        private void redeliver() {
            StreamRef stream = new StreamRef(generator.pick(CALLS), generator.pick(TARGETS));
            Outbox.Redriven first =
                    both(storage -> storage.outbox().read(stream, 1)).redriven();
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
                both(storage -> storage.outbox().postpone(letter, failed, next));
            } else {
                Outcome outcome = generator.pick(Outcome.DELIVERED, Outcome.DEAD, Outcome.VOID);
                Attempt last = new Attempt(sequence, clock.instant(), outcome, 200, "");
                both(storage -> storage.outbox().settle(letter, last, clock.instant()));
            }
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

        private Cause cause() {
            Map<String, String> details = new LinkedHashMap<>();
            for (String name : generator.shuffled(List.of("target", "reason", "number"))) {
                details.put(name, generator.text("abc ", generator.between(0, 5)));
            }
            return new Cause(generator.pick(Cause.Kind.class), "Random", clock.instant(), details);
        }

        /** All pages together; which of two calls of the same moment comes first is nobody's promise. */
        private void log() {
            Instant some = clock.instant().minus(generator.upTo(Duration.ofMinutes(10)));
            Question question = new Question(
                    generator.percent(30) ? some : null,
                    generator.percent(30) ? clock.instant().minus(generator.upTo(Duration.ofMinutes(10))) : null,
                    generator.percent(30) ? generator.pick(CallState.class) : null,
                    generator.percent(30) ? generator.pick("+15555550199", "+15555550100") : null,
                    generator.between(1, 3),
                    null);
            both(storage -> {
                List<Summary> calls = new ArrayList<>();
                Question next = question;
                while (storage.log().list(next) instanceof CallLog.Answer.Page page) {
                    calls.addAll(page.calls());
                    if (page.continuationToken() == null) {
                        break;
                    }
                    next = new Question(
                            question.from(),
                            question.to(),
                            question.state(),
                            question.phoneNumber(),
                            question.top(),
                            page.continuationToken());
                }
                calls.sort(Comparator.comparing(Summary::startedAt).thenComparing(Summary::serverCallId));
                return calls;
            });
        }

        private void timeline() {
            String call = generator.pick(CALLS);
            int top = generator.between(2, 9);
            both(storage -> {
                List<Timelines.Answer> pages = new ArrayList<>();
                String token = null;
                do {
                    Timelines.Answer answer = storage.timelines().read(call, top, token);
                    token = answer instanceof Timelines.Answer.Page page ? page.continuationToken() : null;
                    pages.add(
                            answer instanceof Timelines.Answer.Page page
                                    ? new Timelines.Answer.Page(page.entries(), token == null ? null : "more")
                                    : answer);
                } while (token != null);
                return pages;
            });
        }

        private void subscriptions() {
            String id = "subscription-" + generator.between(1, 5);
            Subscription subscription = new Subscription(
                    id, CallSamples.CALLBACK, Set.of(), List.of(generator.pick(USERS)), clock.instant());
            // An id is given once.
            if (both(storage -> storage.subscriptions().find(id)).isEmpty()) {
                FirstAnswer answer = generator.percent(40) ? answer() : null;
                both(storage -> storage.subscriptions().add(subscription, answer));
            } else if (generator.percent(60)) {
                both(storage -> storage.subscriptions().delete(id));
            }
            both(storage -> storage.subscriptions().delete("subscription-6"));
            both(storage -> storage.subscriptions().all());
        }

        private void identities() {
            Identifier user = generator.pick(USERS);
            UserIdentity identity = new UserIdentity(
                    user,
                    user.username().orElseThrow(),
                    generator.text("0123456789abcdef", 32),
                    generator.percent(50) ? "a name" : null,
                    clock.instant());
            FirstAnswer answer = generator.percent(40) ? answer() : null;
            both(storage -> storage.identities().add(identity, answer));
            both(storage -> storage.identities().find(user));
            int limit = generator.between(1, 3);
            both(storage -> storage.identities().page(null, limit));
            both(storage -> storage.identities().page("b", limit));
            if (generator.percent(50)) {
                both(storage -> storage.identities().delete(user));
            }
        }

        private void registrations() {
            Identifier user = generator.pick(USERS);
            String contact = "sip:phone" + generator.between(1, Registrations.CONTACTS + 2);
            if (generator.percent(80)) {
                Registration registration = new Registration(
                        user,
                        "gw-1",
                        contact,
                        "udp:192.0.2.1:5060",
                        generator.pick("call-1", "call-2"),
                        generator.between(1, 5),
                        clock.instant().plus(generator.upTo(Duration.ofMinutes(5))));
                both(storage -> {
                    storage.registrations().put(registration);
                    return true;
                });
            } else if (generator.percent(80)) {
                String callId = generator.pick("call-1", "call-2");
                long cseq = generator.between(1, 5);
                both(storage -> {
                    storage.registrations().remove(user, contact, callId, cseq);
                    return true;
                });
            } else {
                both(storage -> {
                    storage.registrations().removeAll(user);
                    return true;
                });
            }
            both(storage -> storage.registrations().of(user, clock.instant()));
        }

        private <T> T both(Function<Storage, T> question) {
            T expected = question.apply(memory);
            assertThat(question.apply(dynamo)).isEqualTo(expected);
            return expected;
        }
    }
}
