package io.ringback.core.decision;

import io.ringback.core.call.Callback;
import io.ringback.core.event.CallEvent;
import io.ringback.core.media.MediaCommand;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a decision wants done outside the database. */
public sealed interface Effect {
    Target target();

    /** Its number within the target's stream, from 1, without a gap. */
    long sequence();

    /** After this moment nobody tries any more: the order is too late, or the event a dead letter. */
    Instant notAfter();

    /** An order for the media gateway. */
    record Command(long sequence, MediaCommand command) implements Effect {
        @Override
        public Target target() {
            return Target.MEDIA;
        }

        @Override
        public Instant notAfter() {
            return command.notAfter();
        }
    }

    /**
     * An event for a callback URI.
     *
     * @param id of the event; a redelivery keeps it
     * @param callConnectionId the connection it belongs to, or null for an event of the server call
     */
    record Notify(
            long sequence,
            String id,
            Callback callback,
            @Nullable String callConnectionId,
            Instant time,
            CallEvent event)
            implements Effect {
        @Override
        public Target target() {
            return Target.ofCallback(callback.uri());
        }

        @Override
        public Instant notAfter() {
            return time.plus(event.deliverFor());
        }
    }
}
