package io.ringback.core.application;

import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Ids;
import io.ringback.core.port.Pokes;
import java.time.InstantSource;
import java.util.List;

/**
 * The one way in which a call changes: load, decide, commit, poke. On a version conflict it loads and decides again,
 * after a jittered pause, at most five times.
 */
public final class CallProcessor {
    /** Waits between two tries; the argument counts the conflicts so far, from 1. */
    @FunctionalInterface
    public interface Backoff {
        void pause(int conflicts);
    }

    public CallProcessor(CallStore store, Pokes pokes, Ids ids, InstantSource clock, Backoff backoff) {}

    /** Creates a call. Never NOT_FOUND. */
    public Decision create(CallCommand.CreateCall command) {
        throw new UnsupportedOperationException();
    }

    /** Changes a call: NOT_FOUND when there is none, TOO_MANY_CHANGES after five conflicts. */
    public Decision change(String serverCallId, CallCommand command) {
        throw new UnsupportedOperationException();
    }

    /**
     * Applies media events of one call, in ascending order of their numbers, in one commit. Those that were applied
     * before are skipped; at a gap it stops before the gap.
     */
    public Application apply(String serverCallId, List<MediaReport> reports) {
        throw new UnsupportedOperationException();
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
