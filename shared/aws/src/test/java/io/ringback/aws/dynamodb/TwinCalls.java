package io.ringback.aws.dynamodb;

import io.ringback.aws.contract.CallSamples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallLog.Question;
import io.ringback.core.port.CallLog.Summary;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.Cause;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Gateways.Reserved;
import io.ringback.core.port.Gateways.Slots;
import io.ringback.core.port.Timelines;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.Generator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes calls of both twins, and reads them back: their items, their gateway, the log, timelines. */
final class TwinCalls {
    private static final GatewayRef EARLIER_LIFE = new GatewayRef("gw-1", "01JEPOCH0000000000000000B1");
    private static final GatewayRef LATER_LIFE = new GatewayRef("gw-1", "01JEPOCH0000000000000000B3");

    private final Twins twins;
    private final Generator generator;
    private final FakeClock clock;
    private final List<ServerCall> loaded = new ArrayList<>();

    TwinCalls(Twins twins) {
        this.twins = twins;
        this.generator = twins.generator();
        this.clock = twins.clock();
    }

    void load() {
        String call = generator.pick(Twins.CALLS);
        twins.both(storage -> storage.calls().load(call)).ifPresent(loaded::add);
    }

    /** On a fresh call, or on one that was loaded some time ago. */
    void commit() {
        ServerCall call = loaded.isEmpty() || generator.percent(10)
                ? CallSamples.fresh(generator.pick(Twins.CALLS), clock.instant())
                : generator.percent(80) ? loaded.get(loaded.size() - 1) : generator.pick(loaded);
        List<Effect> effects = new ArrayList<>();
        for (Target target : Twins.TARGETS) {
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
        FirstAnswer answer = generator.percent(40) ? twins.answer() : null;
        Commit commit = new Commit(CallSamples.after(next, effects), effects, causes, clock.instant(), answer);
        twins.both(storage -> storage.calls().commit(commit));
        twins.firstAnswers();
    }

    /** One life of the calls' gateway, which has room now and none then; rarely it is fenced, or begins anew. */
    void gateways() {
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
        twins.both(storage -> storage.gateways().heartbeat(gateway, settled));
        twins.both(storage -> storage.gateways().all()).stream()
                .filter(seen -> generator.percent(5))
                .forEach(seen -> twins.both(storage -> storage.gateways().fence(seen, clock.instant())));
    }

    /** All pages together; which of two calls of the same moment comes first is nobody's promise. */
    void log() {
        Instant some = clock.instant().minus(generator.upTo(Duration.ofMinutes(10)));
        Question question = new Question(
                generator.percent(30) ? some : null,
                generator.percent(30) ? clock.instant().minus(generator.upTo(Duration.ofMinutes(10))) : null,
                generator.percent(30) ? generator.pick(CallState.class) : null,
                generator.percent(30) ? generator.pick("+15555550199", "+15555550100") : null,
                generator.between(1, 3),
                null);
        twins.both(storage -> {
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

    void timeline() {
        String call = generator.pick(Twins.CALLS);
        int top = generator.between(2, 9);
        twins.both(storage -> {
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

    private Effect effect(Target target, long sequence) {
        if (target.equals(Target.MEDIA)) {
            return CallSamples.command(sequence, clock.instant());
        }
        return CallSamples.event(
                target.equals(CallSamples.CALLBACKS) ? CallSamples.CALLBACK : CallSamples.OTHER_CALLBACK,
                sequence,
                clock.instant());
    }

    private Cause cause() {
        Map<String, String> details = new LinkedHashMap<>();
        for (String name : generator.shuffled(List.of("target", "reason", "number"))) {
            details.put(name, generator.text("abc ", generator.between(0, 5)));
        }
        return new Cause(generator.pick(Cause.Kind.class), "Random", clock.instant(), details);
    }
}
