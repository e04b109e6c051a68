package io.ringback.functions.api;

import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.port.CallStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store that remembers what was committed to it, and fails or loses races when told to. */
final class CommitLog implements CallStore {
    private final CallStore store;
    private final List<Commit> commits = new ArrayList<>();
    private Supplier<Boolean> mayCommit = () -> true;
    private Runnable before = () -> {};
    private Runnable after = () -> {};
    private boolean forgotten;

    CommitLog(CallStore store) {
        this.store = store;
    }

    @Override
    public Optional<ServerCall> load(String serverCallId) {
        return forgotten ? Optional.empty() : store.load(serverCallId);
    }

    @Override
    public CommitResult commit(Commit commit) {
        Runnable somebodyElse = before;
        before = () -> {};
        somebodyElse.run();
        CommitResult result = mayCommit.get() ? store.commit(commit) : CommitResult.OVERTAKEN;
        if (result == CommitResult.STORED) {
            commits.add(commit);
        }
        Runnable then = after;
        after = () -> {};
        then.run();
        return result;
    }

    /** Somebody else does this after whoever commits next has read, and before he writes. */
    void beforeTheNextCommit(Runnable somebodyElse) {
        before = somebodyElse;
    }

    /** This happens when the next commit is done, before whoever committed hears of it. */
    void afterTheNextCommit(Runnable event) {
        after = event;
    }

    /** From now on somebody else is always faster. */
    void loseEveryRace() {
        mayCommit = () -> false;
    }

    /** From now on everything goes well again. */
    void recover() {
        mayCommit = () -> true;
    }

    /** From now on there is no call any more. */
    void forgetEveryCall() {
        forgotten = true;
    }

    /** From now on the table is out of reach. */
    void fail(RuntimeException failure) {
        mayCommit = () -> {
            throw failure;
        };
    }

    /** The last order of this kind to the media gateway. */
    <C extends MediaCommand> C lastOrder(Class<C> kind) {
        List<C> orders = commits.stream()
                .flatMap(commit -> commit.effects().stream())
                .filter(Effect.Command.class::isInstance)
                .map(effect -> ((Effect.Command) effect).command())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
        return orders.get(orders.size() - 1);
    }

    List<Commit> commits() {
        return List.copyOf(commits);
    }
}
