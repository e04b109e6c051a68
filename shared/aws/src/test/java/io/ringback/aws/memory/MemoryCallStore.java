package io.ringback.aws.memory;

import io.ringback.core.call.CallIds;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.EffectEncoder;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.StreamRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls in memory. */
public final class MemoryCallStore implements CallStore {
    private static final Duration RETENTION = Duration.ofDays(30);

    private final MemoryOutbox outbox;
    private final MemoryFirstAnswers answers;
    private final EffectEncoder encoder;
    private final InstantSource clock;
    private final Map<String, ServerCall> calls = new HashMap<>();
    private final Map<String, List<Commit>> history = new HashMap<>();
    private final MemoryGateways gateways = new MemoryGateways(this::openCalls);

    public MemoryCallStore(
            MemoryOutbox outbox, MemoryFirstAnswers answers, EffectEncoder encoder, InstantSource clock) {
        this.outbox = outbox;
        this.answers = answers;
        this.encoder = encoder;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<ServerCall> load(String serverCallId) {
        return Optional.ofNullable(calls.get(serverCallId)).filter(this::isKept);
    }

    /** Every call that is kept. */
    public synchronized List<ServerCall> all() {
        return calls.values().stream().filter(this::isKept).toList();
    }

    private boolean isKept(ServerCall call) {
        return call.endedAt() == null || call.endedAt().plus(RETENTION).isAfter(clock.instant());
    }

    @Override
    public synchronized CommitResult commit(Commit commit) {
        if (answers.isRepeated(commit.firstAnswer())) {
            return CommitResult.REPEATED;
        }
        ServerCall next = commit.next();
        ServerCall stored = calls.get(next.serverCallId());
        if ((stored == null ? 0 : stored.version()) != next.version()) {
            return CommitResult.OVERTAKEN;
        }
        if (CallIds.serverCall(next.serverCallId()).isEmpty()) {
            throw new IllegalStateException(next.serverCallId() + " has not the shape of a server call id");
        }
        Map<Target, List<Outbox.Item>> byTarget = encode(commit);
        checkSequences(stored == null ? Map.of() : stored.nextSequence(), next, byTarget);
        Optional<CommitResult> refusal = commit.reservation().flatMap(gateways::reserve);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        byTarget.forEach(
                (target, items) -> outbox.insert(new StreamRef(next.serverCallId(), target), items, commit.at()));
        calls.put(next.serverCallId(), withVersion(next, next.version() + 1));
        history.computeIfAbsent(next.serverCallId(), id -> new ArrayList<>()).add(commit);
        answers.keep(commit.firstAnswer());
        return CommitResult.STORED;
    }

    /** Every commit of the call, from the first. */
    public synchronized List<Commit> history(String serverCallId) {
        return List.copyOf(history.getOrDefault(serverCallId, List.of()));
    }

    MemoryGateways gateways() {
        return gateways;
    }

    private synchronized List<ServerCall> openCalls() {
        return calls.values().stream().filter(call -> !call.isSettled()).toList();
    }

    private Map<Target, List<Outbox.Item>> encode(Commit commit) {
        Map<Target, List<Outbox.Item>> byTarget = new LinkedHashMap<>();
        for (Effect effect : commit.effects()) {
            Outbox.Item item = encoder.encode(commit.next(), effect, commit.at());
            if (item.sequence() != effect.sequence()) {
                throw new IllegalStateException("the encoder renumbered " + effect);
            }
            byTarget.computeIfAbsent(effect.target(), target -> new ArrayList<>())
                    .add(item);
        }
        return byTarget;
    }

    /** The effects of each stream continue it without a gap, and the call knows where it goes on. */
    private static void checkSequences(
            Map<String, Long> before, ServerCall next, Map<Target, List<Outbox.Item>> byTarget) {
        byTarget.forEach((target, items) -> {
            long expected = before.getOrDefault(target.key(), 1L);
            for (Outbox.Item item : items) {
                if (item.sequence() != expected++) {
                    throw new IllegalStateException("stream " + target.key() + " has number " + item.sequence()
                            + " where " + (expected - 1) + " comes next");
                }
            }
            if (next.nextSequence().getOrDefault(target.key(), 1L) != expected) {
                throw new IllegalStateException(
                        "the call does not know that stream " + target.key() + " goes on with " + expected);
            }
        });
    }

    private static ServerCall withVersion(ServerCall call, long version) {
        return call.withVersion(version);
    }
}
