package io.ringback.core.port;

import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls and, in the same transaction, their effects. */
public interface CallStore {
    /** Reads the call, strongly consistent. */
    Optional<ServerCall> load(String serverCallId);

    /**
     * Writes the call if it still has the version that was loaded, with a history row and the outbox rows of each
     * target, and the first answer, all or nothing. A call of version 0 is created. A commit that dials takes its
     * places on the gateway in the same moment ({@link Commit#reservation}).
     */
    CommitResult commit(Commit commit);

    /** What became of a commit; unless it was stored, nothing was written. */
    enum CommitResult {
        STORED,
        /** Somebody else was faster: load and decide again. */
        OVERTAKEN,
        /** The same request was carried out meanwhile: its answer is kept. */
        REPEATED,
        /** Others are taking places on the gateway at this moment: commit the same again. */
        CROWDED,
        /** The gateway has no room for the legs that would be dialled, or takes no new calls. */
        NO_ROOM,
        /** The life of the gateway to which the call is pinned is over. */
        GATEWAY_LOST
    }

    /**
     * One change of a call.
     *
     * @param next the call after the change, with the version that was loaded
     * @param effects in order; those of one target become one outbox row
     * @param causes what led to it, for the timeline: a command, or media events in their order
     * @param firstAnswer of the request that led to it, if that may come again
     */
    record Commit(
            ServerCall next,
            List<Effect> effects,
            List<Cause> causes,
            Instant at,
            @Nullable FirstAnswer firstAnswer) {
        public Commit {
            effects = List.copyOf(effects);
            causes = List.copyOf(causes);
        }

        /** A change that no request asked for which may come again. */
        public Commit(ServerCall next, List<Effect> effects, List<Cause> causes, Instant at) {
            this(next, effects, causes, at, null);
        }

        /** The places that its dials need; empty when nobody is dialled. */
        public Optional<Reservation> reservation() {
            return Reservation.of(next, effects);
        }
    }
}
