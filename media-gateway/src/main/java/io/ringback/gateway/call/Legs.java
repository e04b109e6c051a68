package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegHeld;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaEvent.TonePressed;
import io.ringback.gateway.sdp.NegotiatedMedia;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The legs of one call: those that live, what is reported of them, and the one report of their end. */
final class Legs implements Leg.Listener {
    /** What the rest of the call has to know. */
    interface Observer {
        /** A dialled leg rings. */
        void ringing(Leg leg);

        /** Offer and answer agreed before the leg was answered: it may send early media. */
        void earlyMedia(Leg leg);

        void connected(Leg leg);

        /** A leg is about to be told as ended. The call no longer has it. */
        void left(Leg leg, EndReason reason, @Nullable Integer sipStatus);

        /** The last leg was told as ended. */
        void allGone();
    }

    private final CallContext call;
    private final Admission admission;
    private final Supplier<CallSound> sound;
    private final Observer observer;
    private final Map<String, Leg> live = new LinkedHashMap<>();
    private final Set<String> heldByPhone = new HashSet<>();
    private final Remembered ended = new Remembered();

    Legs(CallContext call, Admission admission, Supplier<CallSound> sound, Observer observer) {
        this.call = call;
        this.admission = admission;
        this.sound = sound;
        this.observer = observer;
    }

    /** Takes a leg, which has a place and ports. */
    void add(Leg leg) {
        live.put(leg.participantId(), leg);
    }

    /** Whether the leg lives, or ended and was told. */
    boolean knows(String participantId) {
        return live.containsKey(participantId) || ended.contains(participantId);
    }

    Optional<Leg> find(String participantId) {
        return Optional.ofNullable(live.get(participantId));
    }

    /** Reports the end of a leg that never lived. */
    void neverDialled(String participantId, EndReason reason, String message) {
        told(new LegEnded(participantId, reason, null, message, null));
        if (live.isEmpty()) {
            observer.allGone();
        }
    }

    /** Ends a leg; one that was never dialled is told as ended at once. */
    void hangUp(String participantId, EndReason reason) {
        Leg leg = live.get(participantId);
        if (leg != null) {
            leg.hangUp(reason);
        } else if (!ended.contains(participantId)) {
            admission.voided();
            neverDialled(participantId, reason, "ended before it was dialled");
        }
    }

    void hangUpAll(EndReason reason) {
        all().forEach(leg -> leg.hangUp(reason));
    }

    /** Brings a leg into the wanted state; false if it is not there. */
    boolean set(SetLeg order) {
        Leg leg = live.get(order.participantId());
        if (leg == null) {
            return false;
        }
        leg.set(order.muted(), order.held());
        sound.get().set(order.participantId(), order.muted(), order.held());
        return true;
    }

    void probe(String participantId) {
        find(participantId).ifPresent(Leg::probe);
    }

    void pressed(String participantId, Tone tone) {
        if (isConnected(participantId)) {
            call.report(new TonePressed(participantId, tone));
        }
    }

    int count() {
        return live.size();
    }

    boolean isEmpty() {
        return live.isEmpty();
    }

    boolean isConnected(String participantId) {
        return find(participantId).filter(Leg::isConnected).isPresent();
    }

    boolean anyConnected() {
        return live.values().stream().anyMatch(Leg::isConnected);
    }

    /** Whether a play to all has a listener: somebody who is not on hold by order. */
    boolean anyListening() {
        return live.values().stream().anyMatch(leg -> leg.isConnected() && !leg.isHeld());
    }

    /** The other one, when exactly two are connected (telephony §7). */
    Optional<Leg> otherOfTwo(String participantId) {
        List<Leg> connected = live.values().stream().filter(Leg::isConnected).toList();
        if (connected.size() != 2 || !isConnected(participantId)) {
            return Optional.empty();
        }
        return connected.stream()
                .filter(leg -> !leg.participantId().equals(participantId))
                .findFirst();
    }

    List<Leg> all() {
        return List.copyOf(live.values());
    }

    List<CallSnapshot.LegItem> snapshot() {
        return live.values().stream().map(CallSnapshot.LegItem::of).toList();
    }

    @Override
    public void ringing(Leg leg, int sipStatus) {
        call.report(new LegRinging(leg.participantId(), sipStatus));
        observer.ringing(leg);
    }

    @Override
    public void negotiated(Leg leg, NegotiatedMedia media) {
        sound.get().negotiated(leg.participantId(), media);
        if (leg.isConnected()) {
            reportHold(leg);
        } else {
            observer.earlyMedia(leg);
        }
    }

    @Override
    public void connected(Leg leg) {
        sound.get().connected(leg.participantId());
        call.report(new LegConnected(leg.participantId()));
        reportHold(leg);
        observer.connected(leg);
    }

    @Override
    public void infoTone(Leg leg, Tone tone) {
        if (leg.isConnected()) {
            sound.get().infoTone(leg.participantId(), tone);
        }
    }

    @Override
    public void ended(Leg leg, EndReason reason, @Nullable Integer sipStatus, String message) {
        LegStatistics statistics = sound.get().removeLeg(leg.participantId());
        live.remove(leg.participantId());
        heldByPhone.remove(leg.participantId());
        leg.place().leave();
        observer.left(leg, reason, sipStatus);
        told(new LegEnded(leg.participantId(), reason, sipStatus, message, leg.isConnected() ? statistics : null));
        if (live.isEmpty()) {
            observer.allGone();
        }
    }

    /** A phone that changed its mind is told; one that repeats itself is not. */
    private void reportHold(Leg leg) {
        String id = leg.participantId();
        boolean held = leg.isHeldByPhone();
        if (held ? heldByPhone.add(id) : heldByPhone.remove(id)) {
            call.report(new LegHeld(id, held));
        }
    }

    private void told(LegEnded event) {
        if (ended.add(event.participantId())) {
            call.report(event);
        }
    }
}
