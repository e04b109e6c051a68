package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.core.media.MediaCommand.RejectLeg;
import io.ringback.core.media.MediaEvent.CallOffered;
import io.ringback.gateway.call.Admission.Place;
import io.ringback.gateway.sip.InboundLeg;
import io.ringback.gateway.sip.InboundOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The caller of a call that came in: told of, kept ringing until somebody decides, and then answered or refused. */
public final class Offering {
    private final CallContext call;
    private final Legs legs;
    private final Supplier<CallSound> sound;
    private final ScheduledExecutorService timers;
    private final Times times;
    private @Nullable Future<?> unqueued;
    private @Nullable Future<?> undecided;

    /**
     * How long callers wait.
     *
     * @param ring from the INVITE on, for a decision or for the callee's answer
     * @param queue for the queue to take the call; then the trunk had better try elsewhere
     */
    public record Times(Duration ring, Duration queue) {
        /** Telephony §5: 60 s, 2 s. */
        public static final Times DEFAULT = new Times(Duration.ofSeconds(60), Duration.ofSeconds(2));
    }

    /**
     * A call that came in.
     *
     * @param callerLeg the caller's participant id
     * @param calleeLeg the callee's, for a call that the gateway connects by itself; null when an application decides
     */
    record Offer(
            InboundOffer sip,
            Identifier from,
            Identifier to,
            String callerLeg,
            @Nullable String calleeLeg) {}

    Offering(CallContext call, Legs legs, Supplier<CallSound> sound, ScheduledExecutorService timers, Times times) {
        this.call = call;
        this.legs = legs;
        this.sound = sound;
        this.timers = timers;
        this.times = times;
    }

    /**
     * Takes the caller on, for whom there is a place.
     *
     * @param dial gets the order to dial the callee of a call between two
     * @return false when it was refused at once, and nobody has to know
     */
    boolean begin(Offer offer, Place place, Consumer<DialLeg> dial) {
        OptionalInt port = sound.get().addLeg(offer.callerLeg());
        if (port.isEmpty()) {
            offer.sip().refuse(Refusals.SERVICE_UNAVAILABLE);
            return false;
        }
        Instant ringsUntil = call.clock().instant().plus(times.ring());
        String calleeLeg = offer.calleeLeg();
        call.report(
                new CallOffered(
                        calleeLeg == null ? Origin.Kind.INCOMING : Origin.Kind.PEER,
                        offer.from(),
                        offer.sip().invitation().displayName(),
                        offer.to(),
                        offer.callerLeg(),
                        calleeLeg,
                        ringsUntil),
                () -> call.executor().execute(() -> queued(offer)));
        Leg caller = Leg.caller(offer.callerLeg(), place, offer.sip().invitation(), call.executor(), legs);
        legs.add(caller);
        caller.taken(offer.sip().begin(offer.callerLeg(), call.serverCallId(), port.getAsInt(), caller));
        if (calleeLeg == null) {
            unqueued = after(times.queue(), () -> caller.refuse(Refusals.SERVICE_UNAVAILABLE, EndReason.UNREACHABLE));
            undecided = after(times.ring(), () -> caller.refuse(Refusals.TEMPORARILY_UNAVAILABLE, EndReason.NO_ANSWER));
        } else {
            Coupling forward = new Coupling(offer.callerLeg(), Coupling.Kind.FORWARD);
            dial.accept(new DialLeg(calleeLeg, offer.to(), null, times.ring(), forward, ringsUntil));
        }
        return true;
    }

    void answer(AnswerLeg order) {
        if (!call.clock().instant().isAfter(order.notAfter())) {
            decided();
            legs.find(order.participantId()).ifPresent(Leg::answer);
        }
    }

    void reject(RejectLeg order) {
        decided();
        legs.find(order.participantId())
                .ifPresent(leg -> leg.refuse(order.sipStatus(), Refusals.reasonOf(order.sipStatus())));
    }

    /** From here on the caller waits for a phone, whose ring time counts, or for nobody. */
    void decided() {
        cancel(unqueued);
        cancel(undecided);
    }

    /** Somebody will hear of the call, so the caller may hear that it rings. */
    private void queued(Offer offer) {
        cancel(unqueued);
        InboundLeg caller = legs.find(offer.callerLeg()).map(Leg::waiting).orElse(null);
        if (caller != null && offer.calleeLeg() == null) {
            caller.ring();
        }
    }

    private @Nullable Future<?> after(Duration time, Runnable task) {
        try {
            return timers.schedule(() -> call.executor().execute(task), time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The gateway stops and hangs everything up.
            return null;
        }
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
