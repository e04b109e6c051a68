package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.RejectLeg;
import io.ringback.core.media.MediaCommand.SendTones;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.gateway.call.Admission.Place;
import io.ringback.gateway.prompt.PromptLibrary;
import io.ringback.gateway.recording.RecordingRoom;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call: carries out its orders, in the order of their numbers, on a serial executor of its own. It lives from the
 * first order until nothing of it is left.
 */
final class Call implements CallSound.Listener, Legs.Observer {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final CallContext context;
    private final Parts parts;
    private final Legs legs;
    private final Couplings couplings;
    private final Dialler dialler;
    private final Offering offering;
    private final Plays plays;
    private final ToneSendings tones;
    private final HoldMusic music;
    private final CallRecordings recordings;
    private final AtomicInteger ordersWaiting = new AtomicInteger();
    private @Nullable CallSound sound;
    private @Nullable Future<?> limit;
    private @Nullable EndReason over;

    /**
     * What a call is made of besides its context.
     *
     * @param offers how long callers wait
     * @param maxDuration a call is ended when it has had legs for so long
     */
    record Parts(
            Dialler.Plan plan,
            CallSound.Factory sounds,
            PromptLibrary prompts,
            RecordingRoom room,
            ScheduledExecutorService timers,
            Offering.Times offers,
            Duration maxDuration) {}

    Call(CallContext context, Parts parts) {
        this.context = context;
        this.parts = parts;
        this.legs = new Legs(context, parts.plan().admission(), this::sound, this);
        this.couplings = new Couplings(legs, this::sound);
        this.dialler = new Dialler(context, parts.plan(), legs, couplings, this::sound);
        this.offering = new Offering(context, legs, this::sound, parts.timers(), parts.offers());
        this.plays = new Plays(context, parts.prompts(), this::sound);
        this.tones = new ToneSendings(context, this::sound, parts.timers());
        this.music = new HoldMusic(context, parts.prompts(), this::sound);
        this.recordings = new CallRecordings(context, parts.room(), this::sound);
    }

    /** Takes an order; returns at once. */
    void order(MediaCommand command) {
        enter(() -> carryOut(command));
    }

    /** Takes a caller on, who has a place; returns at once. */
    void offer(Offering.Offer offer, Place place) {
        enter(() -> {
            identify(offer);
            if (!offering.begin(offer, place, dialler::dial)) {
                place.leave();
                allGone();
            }
        });
    }

    private void identify(Offering.Offer offer) {
        recordings.identify(offer.callerLeg(), offer.from().rawId());
        String callee = offer.calleeLeg();
        if (callee != null) {
            recordings.identify(callee, offer.to().rawId());
        }
    }

    private void enter(Runnable task) {
        ordersWaiting.incrementAndGet();
        context.executor().execute(() -> {
            ordersWaiting.decrementAndGet();
            task.run();
        });
    }

    /** Hangs everything up for a reason of the gateway's own. */
    void endAll(EndReason reason) {
        context.executor().execute(() -> end(reason));
    }

    /** True when nothing is left of the call. On the call's executor. */
    boolean isIdle() {
        return ordersWaiting.get() == 0 && legs.isEmpty() && plays.isEmpty() && tones.isEmpty() && recordings.isIdle();
    }

    /** What there is of the call. On the call's executor. */
    CallSnapshot snapshot(long lastOrder, long lastEvent) {
        return new CallSnapshot(
                context.serverCallId(),
                context.gateway(),
                lastOrder,
                lastEvent,
                legs.snapshot(),
                Stream.concat(plays.snapshot().stream(), tones.snapshot().stream())
                        .toList(),
                recordings.snapshot());
    }

    CallContext context() {
        return context;
    }

    private void carryOut(MediaCommand command) {
        if (command instanceof DialLeg dial) {
            dial(dial);
            parts.plan().admission().came(dial.target().leavesByTrunk());
        } else if (command instanceof AnswerLeg answer) {
            offering.answer(answer);
        } else if (command instanceof RejectLeg reject) {
            offering.reject(reject);
        } else if (command instanceof SetLeg set) {
            set(set);
        } else if (command instanceof HangUpLeg hangUp) {
            legs.hangUp(hangUp.participantId(), hangUp.reason());
        } else if (command instanceof EndCall end) {
            end(end.reason());
            end.participantIds().forEach(id -> legs.hangUp(id, end.reason()));
        } else if (command instanceof MediaCommand.Play play) {
            play(play);
        } else if (command instanceof SendTones send) {
            sendTones(send);
        } else if (command instanceof CancelMedia cancel) {
            cancel(cancel);
        } else if (command instanceof SetRecording recording) {
            recordings.set(recording, legs.anyConnected());
        }
    }

    private void dial(DialLeg order) {
        if (over != null) {
            // The order crossed an end that is the gateway's own doing.
            if (!legs.knows(order.participantId())) {
                legs.neverDialled(order.participantId(), over, "the call was ended before");
            }
            return;
        }
        recordings.identify(order.participantId(), order.target().rawId());
        Coupling coupling = order.coupling();
        if (coupling != null && coupling.kind() == Coupling.Kind.FORWARD) {
            offering.decided();
        }
        dialler.dial(order);
    }

    /** Applied however late it comes: it is the state that everybody has been told since. */
    private void set(SetLeg order) {
        if (legs.set(order)) {
            music.set(order);
            endUnheardPlays();
        }
    }

    private void sendTones(SendTones order) {
        Leg leg = legs.find(order.participantId()).filter(Leg::isConnected).orElse(null);
        if (context.clock().instant().isAfter(order.notAfter())) {
            tones.refuse(order, 0, "the order to send tones came too late");
        } else if (leg == null || over != null) {
            tones.refuse(order, ToneSendings.NOT_THERE, "the participant is not connected");
        } else {
            tones.send(order, leg);
        }
    }

    private void cancel(CancelMedia order) {
        tones.end(
                sending -> order.canceledOperationIds().contains(sending.operationId()),
                Outcome.CANCELLED,
                0,
                "cancelled");
        plays.cancel(order, tones::knows);
    }

    private void end(EndReason reason) {
        if (over == null) {
            over = reason;
        }
        plays.end(play -> true, Outcome.CANCELLED, 0, "the call was ended");
        tones.end(sending -> true, Outcome.CANCELLED, 0, "the call was ended");
        legs.hangUpAll(reason);
    }

    private void play(MediaCommand.Play play) {
        String participantId = play.participantId();
        boolean heard = over == null && (participantId == null ? legs.anyListening() : legs.isConnected(participantId));
        if (context.clock().instant().isAfter(play.notAfter())) {
            plays.refuse(play, 0, "the order to play came too late");
        } else if (!heard) {
            plays.refuse(play, Plays.NOBODY_LISTENS, "nobody is there to listen");
        } else {
            plays.add(play);
        }
    }

    /** Plays to all that nobody can hear any more; a phone that holds us by itself is still a listener. */
    private void endUnheardPlays() {
        if (!legs.anyListening()) {
            endPlays(play -> play.participantId() == null);
        }
    }

    private void endPlays(Predicate<MediaCommand.Play> which) {
        plays.end(which, Outcome.FAILED, Plays.NOBODY_LISTENS, "nobody is left to listen");
    }

    @Override
    public void ringing(Leg leg) {
        couplings.ringing(leg);
    }

    @Override
    public void earlyMedia(Leg leg) {
        couplings.earlyMedia(leg);
    }

    @Override
    public void connected(Leg leg) {
        couplings.connected(leg);
    }

    @Override
    public void left(Leg leg, EndReason reason, @Nullable Integer sipStatus) {
        endPlays(play -> leg.participantId().equals(play.participantId()));
        endUnheardPlays();
        tones.left(leg.participantId());
        music.forget(leg.participantId());
        couplings.left(leg, reason, sipStatus);
    }

    @Override
    public void allGone() {
        offering.decided();
        recordings.stopAll();
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
        if (sound != null) {
            sound.close();
            sound = null;
        }
    }

    @Override
    public void pressed(String participantId, Tone tone, boolean audible) {
        context.executor().offer(() -> {
            legs.pressed(participantId, tone);
            if (!audible && !plays.listenFor(tone, participantId)) {
                passOn(participantId, tone);
            }
        });
    }

    /** To the other of two, unless one of them is cut off from the other (telephony §7). */
    private void passOn(String participantId, Tone tone) {
        Leg from = legs.find(participantId).orElse(null);
        if (from != null && !from.isMuted() && !from.isHeld()) {
            legs.otherOfTwo(participantId)
                    .filter(other -> !other.isHeld())
                    .ifPresent(other -> tones.passOn(tone, other));
        }
    }

    @Override
    public void tonesSent(String operationId) {
        context.executor().execute(() -> tones.sent(operationId));
    }

    @Override
    public void playStarted(String operationId) {
        context.executor().execute(() -> plays.started(operationId));
    }

    @Override
    public void playCompleted(String operationId) {
        context.executor().execute(() -> plays.completed(operationId));
    }

    @Override
    public void playStopped(String operationId, Tone tone) {
        context.executor().execute(() -> plays.stopped(operationId, tone));
    }

    @Override
    public void silent(String participantId) {
        context.executor().offer(() -> legs.probe(participantId));
    }

    @Override
    public void failed(RuntimeException bug) {
        LOG.error("the sound of call {} failed", context.serverCallId(), bug);
        endAll(EndReason.MEDIA_LOST);
    }

    private CallSound sound() {
        CallSound open = sound;
        if (open == null) {
            open = parts.sounds().open(context.serverCallId(), this);
            sound = open;
            limit = parts.timers()
                    .schedule(
                            () -> endAll(EndReason.MAX_DURATION),
                            parts.maxDuration().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
        return open;
    }
}
