package io.ringback.core.port;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Origin;
import io.ringback.core.call.ResultInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every call that is kept, newest first (native API §8). May lag behind the calls themselves. */
public interface CallLog {
    /** How many calls a page may have at most. */
    int MOST = 100;

    Answer list(Question question);

    /**
     * Which calls. The bounds of time are about the call's start.
     *
     * @param from not earlier; null for no bound
     * @param to earlier than this; null for no bound
     * @param state null for any
     * @param phoneNumber in E.164: who started it, whom it was meant for at the start, or who is or was in it; null for
     *     any
     * @param top how many at most, 1 to {@link #MOST}
     * @param continuationToken where an earlier page ended; null begins. The rest of the question has to be the same
     */
    record Question(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable CallState state,
            @Nullable String phoneNumber,
            int top,
            @Nullable String continuationToken) {}

    /** What a question gets. */
    sealed interface Answer {
        /**
         * Some of the calls. A page may be short, even empty, and yet have others behind it: work is bounded.
         *
         * @param continuationToken where the next page begins; null when nothing is left
         */
        record Page(List<Summary> calls, @Nullable String continuationToken) implements Answer {
            public Page {
                calls = List.copyOf(calls);
            }
        }

        /** The token was not made by us, or for another question. */
        record InvalidToken() implements Answer {}
    }

    /**
     * A call in one line.
     *
     * @param callConnectionIds the applications' attachments, those that are over too
     */
    record Summary(
            String serverCallId,
            CallState state,
            Origin origin,
            Instant startedAt,
            @Nullable Instant establishedAt,
            @Nullable Instant endedAt,
            @Nullable ResultInfo endReason,
            List<String> callConnectionIds) {
        public Summary {
            callConnectionIds = List.copyOf(callConnectionIds);
        }
    }
}
