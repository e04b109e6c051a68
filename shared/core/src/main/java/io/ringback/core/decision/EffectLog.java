package io.ringback.core.decision;

import io.ringback.core.call.Callback;
import io.ringback.core.event.CallEvent;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.port.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The effects of one decision, in the order in which they were asked for. Numbering those of each stream, without a
 * gap from the decision before, is its job alone.
 */
final class EffectLog {
    private final Map<String, Long> nextSequence;
    private final Instant now;
    private final Ids ids;
    private final List<Effect> effects = new ArrayList<>();

    EffectLog(Map<String, Long> nextSequence, Instant now, Ids ids) {
        this.nextSequence = new HashMap<>(nextSequence);
        this.now = now;
        this.ids = ids;
    }

    void order(MediaCommand command) {
        effects.add(new Effect.Command(next(Target.MEDIA), command));
    }

    void tell(Callback callback, @Nullable String callConnectionId, CallEvent event) {
        long sequence = next(Target.ofCallback(callback.uri()));
        effects.add(new Effect.Notify(sequence, ids.newId(), callback, callConnectionId, now, event));
    }

    /**
     * Whether there is room for the stream of a callback.
     *
     * @param owed callbacks that may not have been told of anything yet; their streams count all the same
     */
    boolean hasRoomFor(Callback callback, Stream<Callback> owed) {
        Set<String> streams = new HashSet<>(nextSequence.keySet());
        owed.forEach(other -> streams.add(Target.ofCallback(other.uri()).key()));
        return streams.size() < Limits.STREAMS
                || streams.contains(Target.ofCallback(callback.uri()).key());
    }

    List<Effect> effects() {
        return List.copyOf(effects);
    }

    /** Next sequence number of each stream, by its key. */
    Map<String, Long> nextSequence() {
        return Map.copyOf(nextSequence);
    }

    private long next(Target target) {
        long sequence = nextSequence.getOrDefault(target.key(), 1L);
        nextSequence.put(target.key(), sequence + 1);
        return sequence;
    }
}
