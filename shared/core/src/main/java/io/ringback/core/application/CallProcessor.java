package io.ringback.core.application;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.CallRules;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Cause;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Ids;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one way in which a call changes: load, decide, commit, poke. On a version conflict it loads and decides again,
 * after a jittered pause, at most five times.
 */
public final class CallProcessor {
    private static final int CONFLICTS = 5;
    private static final int CROWDED_TRIES = 10;

    private final CallStore store;
    private final Pokes pokes;
    private final Ids ids;
    private final InstantSource clock;
    private final Backoff backoff;

    /** Waits between two tries; the argument counts the conflicts so far, from 1. */
    @FunctionalInterface
    public interface Backoff {
        void pause(int conflicts);
    }

    public CallProcessor(CallStore store, Pokes pokes, Ids ids, InstantSource clock, Backoff backoff) {
        this.store = store;
        this.pokes = pokes;
        this.ids = ids;
        this.clock = clock;
        this.backoff = backoff;
    }

    /** Creates a call for a request that will not come again. */
    public Decision create(CallCommand.CreateCall command) {
        return create(command, AnswerKeeper.NOTHING);
    }

    /**
     * Creates a call. Never NOT_FOUND; NO_CAPACITY when the gateway has no room for it, where another one may have;
     * CONFLICT when the same request was carried out meanwhile.
     */
    public Decision create(CallCommand.CreateCall command, AnswerKeeper keeper) {
        for (int conflicts = 0; conflicts < CONFLICTS; pause(++conflicts)) {
            Instant now = clock.instant();
            Decision decision = CallRules.create(command, now, ids);
            Optional<Decision> settled = settle(decision, Causes.of(command, now), now, keeper);
            if (settled.isPresent()) {
                return settled.get();
            }
        }
        return tooManyChanges();
    }

    /** Changes a call for somebody who will not ask again. */
    public Decision change(String serverCallId, CallCommand command) {
        return change(serverCallId, command, AnswerKeeper.NOTHING);
    }

    /**
     * Changes a call: NOT_FOUND when there is none, NO_CAPACITY when its gateway has no room for whom it would dial,
     * TOO_MANY_CHANGES after five conflicts, CONFLICT when the same request was carried out meanwhile. An answer that is
     * to be kept is kept also of a command that changes nothing: repeated later, it might.
     */
    public Decision change(String serverCallId, CallCommand command, AnswerKeeper keeper) {
        for (int conflicts = 0; conflicts < CONFLICTS; pause(++conflicts)) {
            Optional<ServerCall> call = store.load(serverCallId);
            if (call.isEmpty()) {
                return new Decision.Rejected(ErrorCode.NOT_FOUND, "there is no call " + serverCallId, "serverCallId");
            }
            Instant now = clock.instant();
            Decision decision = CallRules.decide(call.get(), command, now, ids);
            if (isNoChange(call.get(), decision) && keeper == AnswerKeeper.NOTHING) {
                return decision;
            }
            Optional<Decision> settled = settle(decision, Causes.of(command, now), now, keeper);
            if (settled.isPresent()) {
                return settled.get();
            }
        }
        return tooManyChanges();
    }

    /**
     * Applies media events of one call, in ascending order of their numbers, in one commit. Those that were applied
     * before are skipped, as are those of a gateway to which the call is not pinned; at a gap it stops before the gap.
     */
    public Application apply(String serverCallId, List<MediaReport> reports) {
        for (int conflicts = 0; conflicts < CONFLICTS; pause(++conflicts)) {
            Optional<ServerCall> call = store.load(serverCallId);
            if (call.isEmpty()) {
                return new Application.UnknownCall();
            }
            Pending pending = Pending.of(call.get().gateway(), call.get().lastAppliedEvent(), reports);
            if (pending.next().isEmpty()) {
                return pending.outcome();
            }
            Instant now = clock.instant();
            Decision decision = CallRules.apply(call.get(), pending.next(), now, ids);
            if (isSettled(decision, Causes.of(pending.next()), now)) {
                return pending.outcome();
            }
        }
        return new Application.Conflict();
    }

    /**
     * Begins a call that no function placed with the first reports of it, the first of them a CallOffered; applies them
     * if the call is there already.
     *
     * @param subscribers whom it is announced to, read before
     */
    public Application begin(String serverCallId, List<MediaReport> reports, List<Subscriber> subscribers) {
        Pending pending = Pending.of(reports.get(0).gateway(), 0, reports);
        Instant now = clock.instant();
        Decision decision = CallRules.begin(pending.next(), subscribers, now, ids);
        if (isSettled(decision, Causes.of(pending.next()), now)) {
            return pending.outcome();
        }
        Application applied = apply(serverCallId, reports);
        return applied instanceof Application.UnknownCall ? new Application.Conflict() : applied;
    }

    private boolean isSettled(Decision decision, List<Cause> causes, Instant now) {
        return settle(decision, causes, now, AnswerKeeper.NOTHING).isPresent();
    }

    /** Commits what was accepted and wakes its consumers; empty when somebody else was faster. */
    private Optional<Decision> settle(Decision decision, List<Cause> causes, Instant now, AnswerKeeper keeper) {
        if (!(decision instanceof Decision.Accepted accepted)) {
            return Optional.of(decision);
        }
        List<StreamRef> streams = streams(accepted);
        FirstAnswer answer = keeper.keep(accepted.reply(), accepted.next().serverCallId(), streams);
        CommitResult result = commit(new CallStore.Commit(accepted.next(), accepted.effects(), causes, now, answer));
        return switch (result) {
            case STORED -> {
                pokes.poke(streams);
                yield Optional.of(decision);
            }
            case OVERTAKEN, CROWDED -> Optional.empty();
            case REPEATED ->
                Optional.of(new Decision.Rejected(
                        ErrorCode.CONFLICT, "the same request was carried out at the same time", null));
            case NO_ROOM -> Optional.of(noCapacity("the media gateway has no room for it now"));
            case GATEWAY_LOST -> Optional.of(noCapacity("the media gateway was lost"));
        };
    }

    /** Where many dial on one gateway at once the decision stands, and only its places have to be taken once more. */
    private CommitResult commit(CallStore.Commit commit) {
        CommitResult result = store.commit(commit);
        for (int tries = 1; result == CommitResult.CROWDED && tries < CROWDED_TRIES; tries++) {
            backoff.pause(tries);
            result = store.commit(commit);
        }
        return result;
    }

    private static List<StreamRef> streams(Decision.Accepted accepted) {
        String serverCallId = accepted.next().serverCallId();
        return accepted.effects().stream()
                .map(Effect::target)
                .distinct()
                .map(target -> new StreamRef(serverCallId, target))
                .toList();
    }

    private static boolean isNoChange(ServerCall loaded, Decision decision) {
        return decision instanceof Decision.Accepted accepted
                && accepted.effects().isEmpty()
                && accepted.next().equals(loaded);
    }

    private void pause(int conflicts) {
        if (conflicts < CONFLICTS) {
            backoff.pause(conflicts);
        }
    }

    private static Decision.Rejected noCapacity(String reason) {
        return new Decision.Rejected(ErrorCode.NO_CAPACITY, reason + "; nothing was dialled, try again", null);
    }

    private static Decision.Rejected tooManyChanges() {
        return new Decision.Rejected(
                ErrorCode.TOO_MANY_CHANGES, "too many changes of this call at once; try again", null);
    }

    /** The reports that come next, and whether one is missing behind them. */
    private record Pending(List<MediaReport> next, boolean gap, long lastApplied) {
        static Pending of(GatewayRef gateway, long lastApplied, List<MediaReport> reports) {
            List<MediaReport> next = new ArrayList<>();
            long last = lastApplied;
            for (MediaReport report : reports) {
                if (!report.gateway().equals(gateway) || report.number() <= last) {
                    continue;
                }
                if (report.number() > last + 1) {
                    return new Pending(next, true, last);
                }
                next.add(report);
                last++;
            }
            return new Pending(next, false, last);
        }

        Application outcome() {
            return gap ? new Application.Gap(lastApplied) : new Application.Applied(lastApplied);
        }
    }

    /** What became of a list of media events. */
    public sealed interface Application {
        /** Everything up to this number is applied. */
        record Applied(long lastApplied) implements Application {}

        /** Applied up to this number; the next one is missing: fetch it from the gateway. */
        record Gap(long lastApplied) implements Application {}

        /** There is no such call. */
        record UnknownCall() implements Application {}

        /** Five conflicts in a row: try again later. */
        record Conflict() implements Application {}
    }
}
