package io.ringback.gateway.call;

import io.ringback.core.call.Tone;
import io.ringback.gateway.task.SerialExecutor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Presses by SIP INFO, for legs whose phones take them so and in no better way: one each 200 ms to a leg. */
final class InfoPresses {
    /** A press and the pause behind it, as long as those in the media. */
    static final long PERIOD_MILLIS = 200;

    /** Presses that may wait for one leg; those passed on by a leg are dropped beyond. */
    private static final int MOST = 1000;

    private final SerialExecutor executor;
    private final ScheduledExecutorService timers;
    private final Consumer<String> sent;
    private final Map<String, ArrayDeque<Press>> waiting = new HashMap<>();

    /** @param last whether its operation is done with it */
    private record Press(String operationId, Leg leg, Tone tone, boolean last) {}

    /** @param sent told the operation whose last press is over */
    InfoPresses(SerialExecutor executor, ScheduledExecutorService timers, Consumer<String> sent) {
        this.executor = executor;
        this.timers = timers;
        this.sent = sent;
    }

    void send(String operationId, Leg leg, List<Tone> tones) {
        ArrayDeque<Press> queue = waiting.get(leg.participantId());
        boolean idle = queue == null;
        ArrayDeque<Press> presses = queue == null ? new ArrayDeque<>() : queue;
        for (int i = 0; i < tones.size() && presses.size() < MOST; i++) {
            presses.add(new Press(operationId, leg, tones.get(i), i == tones.size() - 1));
        }
        if (idle && !presses.isEmpty()) {
            waiting.put(leg.participantId(), presses);
            sendFirst(presses);
        }
    }

    void cancel(Collection<String> operationIds) {
        waiting.values().forEach(queue -> queue.removeIf(press -> operationIds.contains(press.operationId())));
    }

    /** The leg is gone. */
    void forget(String participantId) {
        waiting.remove(participantId);
    }

    private void sendFirst(ArrayDeque<Press> queue) {
        Press press = queue.remove();
        press.leg().sendTone(press.tone());
        try {
            var unused = timers.schedule(
                    () -> executor.execute(() -> over(press, queue)), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The gateway stops: every leg is about to end.
            waiting.remove(press.leg().participantId());
        }
    }

    private void over(Press press, ArrayDeque<Press> queue) {
        String participantId = press.leg().participantId();
        if (waiting.get(participantId) != queue) {
            return;
        }
        if (press.last()) {
            sent.accept(press.operationId());
        }
        if (queue.isEmpty()) {
            waiting.remove(participantId);
        } else {
            sendFirst(queue);
        }
    }
}
