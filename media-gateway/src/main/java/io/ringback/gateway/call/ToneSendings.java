package io.ringback.gateway.call;

import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand.SendTones;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.TonesSent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The key presses that are sent to the legs of one call (telephony §7): those that were ordered, each order with exactly
 * one result, and those that one leg passes on to the other. They go out as telephone events, else by INFO, else in the
 * sound; one leg's go out one after the other.
 */
final class ToneSendings {
    /** What a sending is told with when its leg is not there (native API §7). */
    static final int NOT_THERE = 8501;

    /** Sendings that one call may have at a time; the domain allows as many operations. */
    static final int MOST = 32;

    /** Presses on their way from one leg to the other; more are a flood, and dropped. */
    static final int MOST_PASSED_ON = 16;

    /** A press that one leg passes on to the other belongs to no operation. */
    private static final String PASSED_ON = "";

    private final CallContext call;
    private final Supplier<CallSound> sound;
    private final InfoPresses info;
    private final Map<String, SendTones> open = new LinkedHashMap<>();
    private final Remembered ended = new Remembered();
    private int passedOn;

    ToneSendings(CallContext call, Supplier<CallSound> sound, ScheduledExecutorService timers) {
        this.call = call;
        this.sound = sound;
        this.info = new InfoPresses(call.executor(), timers, this::sent);
    }

    /** Takes an order to send to a leg that is connected. */
    void send(SendTones order, Leg leg) {
        String id = order.operationId();
        if (open.containsKey(id) || ended.contains(id)) {
            return;
        }
        if (open.size() >= MOST) {
            refuse(order, 0, "more than " + MOST + " sendings of tones wait in this call");
            return;
        }
        open.put(id, order);
        begin(id, leg, order.tones());
    }

    /** Passes a press on to the other of two legs. */
    void passOn(Tone tone, Leg to) {
        if (passedOn < MOST_PASSED_ON) {
            passedOn++;
            begin(PASSED_ON, to, List.of(tone));
        }
    }

    /** Ends a sending that never began. */
    void refuse(SendTones order, int subcode, String message) {
        tell(order.operationId(), Outcome.FAILED, subcode, message);
    }

    /** Everything of an order was sent. */
    void sent(String operationId) {
        if (operationId.equals(PASSED_ON)) {
            passedOn--;
        } else if (open.remove(operationId) != null) {
            tell(operationId, Outcome.COMPLETED, 0, "sent");
        }
    }

    /** Whether this is a sending that has begun or ended here. */
    boolean knows(String operationId) {
        return open.containsKey(operationId) || ended.contains(operationId);
    }

    /** Ends all that match and are not sent yet, in the order in which they were taken. */
    void end(Predicate<SendTones> which, Outcome outcome, int subcode, String message) {
        List<String> ending =
                open.values().stream().filter(which).map(SendTones::operationId).toList();
        if (!ending.isEmpty()) {
            stop(ending);
            ending.forEach(id -> tell(id, outcome, subcode, message));
        }
    }

    /** The leg is gone, and what was sent to it failed. */
    void left(String participantId) {
        info.forget(participantId);
        // Fewer than two are left: what was on its way between them goes with the one that left.
        passedOn = 0;
        end(order -> order.participantId().equals(participantId), Outcome.FAILED, NOT_THERE, "the participant is gone");
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    List<CallSnapshot.Item> snapshot() {
        return open.keySet().stream()
                .map(id -> new CallSnapshot.Item(id, "sending"))
                .toList();
    }

    private void begin(String operationId, Leg leg, List<Tone> tones) {
        if (leg.wantsInfoTones()) {
            info.send(operationId, leg, tones);
        } else {
            sound.get().sendTones(operationId, leg.participantId(), tones);
        }
    }

    private void stop(Collection<String> operationIds) {
        operationIds.forEach(open::remove);
        info.cancel(operationIds);
        sound.get().cancel(operationIds);
    }

    private void tell(String operationId, Outcome outcome, int subcode, String message) {
        if (ended.add(operationId)) {
            call.report(new TonesSent(operationId, outcome, subcode, message));
        }
    }
}
