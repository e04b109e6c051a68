package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.gateway.call.Admission.Place;
import io.ringback.gateway.call.DialRoutes.Route;
import io.ringback.gateway.call.Reachability.Contacts;
import io.ringback.gateway.sip.Invitation;
import io.ringback.gateway.sip.SipEndpoint;
import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import io.ringback.gateway.sip.SipEndpoint.UserLeg;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes legs of orders to dial: finds the way, a place and ports, and sends the INVITE. */
final class Dialler {
    private final CallContext call;
    private final Plan plan;
    private final Legs legs;
    private final Couplings couplings;
    private final Supplier<CallSound> sound;

    /**
     * What every dial needs: where it goes, whether there is room, when it is its turn, where users are, who sends it.
     */
    record Plan(
            DialRoutes routes,
            Admission admission,
            TrunkRate trunk,
            Reachability users,
            SipEndpoint sip,
            ScheduledExecutorService timers) {}

    Dialler(CallContext call, Plan plan, Legs legs, Couplings couplings, Supplier<CallSound> sound) {
        this.call = call;
        this.plan = plan;
        this.legs = legs;
        this.couplings = couplings;
        this.sound = sound;
    }

    void dial(DialLeg order) {
        String id = order.participantId();
        if (legs.knows(id)) {
            return;
        }
        if (call.clock().instant().isAfter(order.notAfter())) {
            never(order, EndReason.UNREACHABLE, "the order to dial came too late");
            return;
        }
        if (isForward(order) && caller(order) == null) {
            never(order, EndReason.CANCELLED, "the caller is gone");
            return;
        }
        Route route = plan.routes().route(order.target(), order.callerId());
        if (route instanceof Route.Refused refused) {
            never(order, refused.reason(), refused.message());
        } else {
            admit(order, route);
        }
    }

    private void admit(DialLeg order, Route route) {
        String id = order.participantId();
        if (legs.count() >= plan.admission().legsPerCall()) {
            never(order, EndReason.CAPACITY, "the call has as many legs as one may have");
            return;
        }
        Optional<Place> place = plan.admission().enter(order.target().leavesByTrunk());
        if (place.isEmpty()) {
            never(order, EndReason.CAPACITY, "the gateway has no room for another leg now");
            return;
        }
        OptionalInt port = sound.get().addLeg(id);
        if (port.isEmpty()) {
            place.get().leave();
            never(order, EndReason.CAPACITY, "the gateway has no RTP ports left");
            return;
        }
        Optional<Duration> wait = route instanceof Route.To ? plan.trunk().next() : Optional.of(Duration.ZERO);
        if (wait.isEmpty()) {
            place.get().leave();
            sound.get().removeLeg(id);
            never(order, EndReason.CAPACITY, "more is dialled over the trunk than it takes in a few seconds");
            return;
        }
        Leg leg = Leg.outbound(id, place.get(), call.executor(), legs);
        legs.add(leg);
        couplings.couple(leg, order.coupling());
        if (route instanceof Route.To to) {
            after(wait.get(), leg, () -> leg.dialled(plan.sip().dial(toNumber(order, to, port.getAsInt()), leg)));
        } else if (route instanceof Route.ToUser user) {
            var unused = plan.users()
                    .contacts(user.user())
                    .thenAccept(
                            contacts -> call.executor().execute(() -> reach(leg, order, contacts, port.getAsInt())));
        }
    }

    /** Dials when it is the leg's turn, if it was not ended meanwhile. */
    private void after(Duration wait, Leg leg, Runnable dial) {
        if (wait.isZero()) {
            dial.run();
            return;
        }
        Runnable turn = () -> call.executor().execute(() -> {
            if (legs.find(leg.participantId()).orElse(null) == leg) {
                dial.run();
            }
        });
        try {
            var unused = plan.timers().schedule(turn, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The gateway stops and hangs everything up.
            return;
        }
    }

    private OutboundLeg toNumber(DialLeg order, Route.To to, int port) {
        Invitation caller = caller(order);
        String shown = order.callerId();
        if (shown == null && caller != null) {
            shown = plan.routes().mayShow(caller);
        }
        return new OutboundLeg(
                order.participantId(),
                call.serverCallId(),
                to.target(),
                to.nextHop(),
                shown,
                port,
                order.ringTimeout());
    }

    /** Dials a user, if the leg was not ended while its phones were looked up. */
    private void reach(Leg leg, DialLeg order, Contacts contacts, int port) {
        if (legs.find(leg.participantId()).orElse(null) != leg) {
            return;
        }
        if (contacts instanceof Contacts.None none) {
            leg.ended(none.reason(), null, none.message());
        } else if (contacts instanceof Contacts.Found found) {
            Invitation caller = caller(order);
            leg.dialled(plan.sip()
                    .dialUser(
                            new UserLeg(
                                    leg.participantId(),
                                    call.serverCallId(),
                                    found.contacts(),
                                    order.callerId() != null || caller == null ? order.callerId() : nameOf(caller),
                                    order.callerId() != null || caller == null ? null : caller.displayName(),
                                    port,
                                    order.ringTimeout()),
                            leg));
        }
    }

    private static @Nullable String nameOf(Invitation caller) {
        return caller.sender() instanceof Invitation.Sender.User user ? user.username() : caller.callerNumber();
    }

    /** Whoever waits for this dial to answer it. */
    private @Nullable Invitation caller(DialLeg order) {
        Coupling coupling = order.coupling();
        if (coupling == null || coupling.kind() != Coupling.Kind.FORWARD) {
            return null;
        }
        Leg leg = legs.find(coupling.participantId()).orElse(null);
        return leg == null || leg.waiting() == null ? null : leg.invitation();
    }

    private static boolean isForward(DialLeg order) {
        Coupling coupling = order.coupling();
        return coupling != null && coupling.kind() == Coupling.Kind.FORWARD;
    }

    private void never(DialLeg order, EndReason reason, String message) {
        Coupling coupling = order.coupling();
        legs.neverDialled(order.participantId(), reason, message);
        if (coupling != null) {
            couplings.neverDialled(coupling, reason);
        }
    }
}
