package io.ringback.core.port;

import io.ringback.core.call.Identifier;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.decision.Target;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that happened in a call, in the order in which the call learned of it (native API §8). */
public interface Timelines {
    /** How many entries a page may have at most. */
    int MOST = 500;

    /**
     * Reads a page, strongly consistent.
     *
     * @param top how many entries at most, 1 to {@link #MOST}
     * @param continuationToken where an earlier page ended; null begins
     */
    Answer read(String serverCallId, int top, @Nullable String continuationToken);

    /** What a reader gets. */
    sealed interface Answer {
        /**
         * Some of the entries; seldom fewer than asked for while more are left: work is bounded, and a change that is
         * being written right now is not told in part.
         *
         * @param continuationToken where the next page begins; null when nothing is left for now
         */
        record Page(List<Entry> entries, @Nullable String continuationToken) implements Answer {
            public Page {
                entries = List.copyOf(entries);
            }
        }

        /** There is no such call, or none any more. */
        record UnknownCall() implements Answer {}

        /** The token was not made by us, or for another call. */
        record InvalidToken() implements Answer {}
    }

    /** One thing that happened. Entries of one version were one change of the call. */
    sealed interface Entry {
        /** The version of the call that it led to, from 1. */
        long version();

        Instant at();
    }

    /** A request of an application, an event of the media gateway: what changed the call. */
    record Happened(long version, Cause cause) implements Entry {
        @Override
        public Instant at() {
            return cause.at();
        }
    }

    /** A party is gone. */
    record ParticipantEnded(
            long version,
            Instant at,
            String participantId,
            Identifier identifier,
            @Nullable ResultInfo reason) implements Entry {}

    /**
     * An event for an application or an order for the media gateway, and what became of it.
     *
     * @param target its stream
     * @param sequence its number in the stream
     * @param id of the event; of an order its name
     * @param type of the event as on the wire; of an order its name
     * @param destination where the event goes, without user and query, for these may hold secrets; null for an order
     * @param details what is worth telling of it: {@link Details}
     * @param attempts all that were made so far; the last one finished it, unless it FAILED
     */
    record Sent(
            long version,
            Instant at,
            Target target,
            long sequence,
            String id,
            String type,
            @Nullable URI destination,
            Map<String, String> details,
            List<Outbox.Attempt> attempts)
            implements Entry {
        public Sent {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
            attempts = List.copyOf(attempts);
        }
    }
}
