package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaEvent.TonePressed;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.SipEndpoint;
import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The legs of one call, from the order to dial to the one report of their end. */
final class Legs implements Leg.Listener {
    /** What the rest of the call has to know. */
    interface Observer {
        /** A leg is about to be told as ended. {@code legs} no longer has it. */
        void left(String participantId);

        /** The last leg was told as ended. */
        void allGone();
    }

    private final CallContext call;
    private final DialPlan plan;
    private final Supplier<CallSound> sound;
    private final Observer observer;
    private final Map<String, Leg> live = new LinkedHashMap<>();
    private final Remembered ended = new Remembered();

    /** What every dial needs: where it goes, whether there is room, who sends it. */
    record DialPlan(DialRoutes routes, Admission admission, SipEndpoint sip) {}

    Legs(CallContext call, DialPlan plan, Supplier<CallSound> sound, Observer observer) {
        this.call = call;
        this.plan = plan;
        this.sound = sound;
        this.observer = observer;
    }

    void dial(DialLeg order) {
        String id = order.participantId();
        if (live.containsKey(id) || ended.contains(id)) {
            return;
        }
        if (call.clock().instant().isAfter(order.notAfter())) {
            neverDialled(id, EndReason.UNREACHABLE, "the order to dial came too late");
            return;
        }
        DialRoutes.Route route = plan.routes().route(order.target(), order.callerId());
        if (route instanceof DialRoutes.Route.Refused refused) {
            neverDialled(id, refused.reason(), refused.message());
        } else if (route instanceof DialRoutes.Route.To to) {
            admit(order, to);
        }
    }

    /** Ends a leg; one that was never dialled is told as ended at once. */
    void hangUp(String participantId, EndReason reason) {
        Leg leg = live.get(participantId);
        if (leg != null) {
            leg.hangUp(reason);
        } else if (!ended.contains(participantId)) {
            neverDialled(participantId, reason, "ended before it was dialled");
        }
    }

    void hangUpAll(EndReason reason) {
        List.copyOf(live.values()).forEach(leg -> leg.hangUp(reason));
    }

    void probe(String participantId) {
        Leg leg = live.get(participantId);
        if (leg != null) {
            leg.probe();
        }
    }

    void pressed(String participantId, Tone tone) {
        if (isConnected(participantId)) {
            call.report(new TonePressed(participantId, tone));
        }
    }

    boolean isEmpty() {
        return live.isEmpty();
    }

    boolean isConnected(String participantId) {
        Leg leg = live.get(participantId);
        return leg != null && leg.isConnected();
    }

    boolean anyConnected() {
        return live.values().stream().anyMatch(Leg::isConnected);
    }

    List<Leg> all() {
        return List.copyOf(live.values());
    }

    @Override
    public void ringing(Leg leg, int sipStatus) {
        call.report(new LegRinging(leg.participantId(), sipStatus));
    }

    @Override
    public void negotiated(Leg leg, NegotiatedMedia media) {
        sound.get().negotiated(leg.participantId(), media);
    }

    @Override
    public void connected(Leg leg) {
        sound.get().connected(leg.participantId());
        call.report(new LegConnected(leg.participantId()));
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
        plan.admission().leave();
        observer.left(leg.participantId());
        told(new LegEnded(leg.participantId(), reason, sipStatus, message, leg.isConnected() ? statistics : null));
        if (live.isEmpty()) {
            observer.allGone();
        }
    }

    private void admit(DialLeg order, DialRoutes.Route.To to) {
        String id = order.participantId();
        if (!plan.admission().enter()) {
            neverDialled(id, EndReason.CAPACITY, "the gateway has no room for another leg now");
            return;
        }
        OptionalInt port = sound.get().addLeg(id);
        if (port.isEmpty()) {
            plan.admission().leave();
            neverDialled(id, EndReason.CAPACITY, "the gateway has no RTP ports left");
            return;
        }
        Leg leg = new Leg(id, call.executor(), this);
        live.put(id, leg);
        leg.dialled(plan.sip()
                .dial(
                        new OutboundLeg(
                                id,
                                call.serverCallId(),
                                to.target(),
                                to.nextHop(),
                                order.callerId(),
                                port.getAsInt(),
                                order.ringTimeout()),
                        leg));
    }

    private void neverDialled(String participantId, EndReason reason, String message) {
        told(new LegEnded(participantId, reason, null, message, null));
        if (live.isEmpty()) {
            observer.allGone();
        }
    }

    private void told(LegEnded event) {
        if (ended.add(event.participantId())) {
            call.report(event);
        }
    }
}
