package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.gateway.prompt.PromptLibrary;
import io.ringback.gateway.recording.RecordingRoom;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final Plays plays;
    private final CallRecordings recordings;
    private final AtomicInteger ordersWaiting = new AtomicInteger();
    private @Nullable CallSound sound;
    private @Nullable Future<?> limit;
    private boolean ending;

    /**
     * What a call is made of besides its context.
     *
     * @param maxDuration a call is ended when it has had legs for so long
     */
    record Parts(
            Legs.DialPlan plan,
            CallSound.Factory sounds,
            PromptLibrary prompts,
            RecordingRoom room,
            ScheduledExecutorService timers,
            Duration maxDuration) {}

    Call(CallContext context, Parts parts) {
        this.context = context;
        this.parts = parts;
        this.legs = new Legs(context, parts.plan(), this::sound, this);
        this.plays = new Plays(context, parts.prompts(), this::sound);
        this.recordings = new CallRecordings(context, parts.room(), this::sound);
    }

    /** Takes an order; returns at once. */
    void order(MediaCommand command) {
        ordersWaiting.incrementAndGet();
        context.executor().execute(() -> {
            ordersWaiting.decrementAndGet();
            carryOut(command);
        });
    }

    /** Hangs everything up for a reason of the gateway's own. */
    void endAll(EndReason reason) {
        context.executor().execute(() -> end(reason));
    }

    /** True when nothing is left of the call. On the call's executor. */
    boolean isIdle() {
        return ordersWaiting.get() == 0 && legs.isEmpty() && plays.isEmpty() && recordings.isIdle();
    }

    /** What there is of the call. On the call's executor. */
    CallSnapshot snapshot(long lastOrder, long lastEvent) {
        return new CallSnapshot(
                context.serverCallId(),
                context.gateway(),
                lastOrder,
                lastEvent,
                legs.all().stream()
                        .map(leg -> new CallSnapshot.Item(
                                leg.participantId(), leg.state().name().toLowerCase(Locale.ROOT)))
                        .toList(),
                plays.snapshot(),
                recordings.snapshot());
    }

    CallContext context() {
        return context;
    }

    private void carryOut(MediaCommand command) {
        if (command instanceof DialLeg dial) {
            legs.dial(dial);
        } else if (command instanceof HangUpLeg hangUp) {
            legs.hangUp(hangUp.participantId(), hangUp.reason());
        } else if (command instanceof EndCall end) {
            end(end.reason());
            end.participantIds().forEach(id -> legs.hangUp(id, end.reason()));
        } else if (command instanceof MediaCommand.Play play) {
            play(play);
        } else if (command instanceof CancelMedia cancel) {
            plays.cancel(cancel);
        } else if (command instanceof SetRecording recording) {
            recordings.set(recording, legs.anyConnected());
        }
    }

    private void end(EndReason reason) {
        ending = true;
        plays.end(play -> true, Outcome.CANCELLED, 0, "the call was ended");
        legs.hangUpAll(reason);
    }

    private void play(MediaCommand.Play play) {
        String participantId = play.participantId();
        boolean heard = !ending && (participantId == null ? legs.anyConnected() : legs.isConnected(participantId));
        if (context.clock().instant().isAfter(play.notAfter())) {
            plays.refuse(play, 0, "the order to play came too late");
        } else if (!heard) {
            plays.refuse(play, Plays.NOBODY_LISTENS, "nobody is there to listen");
        } else {
            plays.add(play);
        }
    }

    @Override
    public void left(String participantId) {
        boolean nobody = !legs.anyConnected();
        plays.end(
                play -> participantId.equals(play.participantId()) || nobody,
                Outcome.FAILED,
                Plays.NOBODY_LISTENS,
                "nobody is left to listen");
    }

    @Override
    public void allGone() {
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
    public void pressed(String participantId, Tone tone) {
        context.executor().offer(() -> legs.pressed(participantId, tone));
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
