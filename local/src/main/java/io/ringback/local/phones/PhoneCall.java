package io.ringback.local.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * One call to one phone: the dialog of an INVITE, steered by the phone's behaviour. Lives on the signalling thread.
 *
 * <p>The trace is written before the message goes out, so that whoever has seen the message finds it in the trace.
 */
final class PhoneCall implements Handset, RtpSession.Listener {
    private enum State {
        CALLED,
        ANSWERED,
        VANISHED,
        ENDED
    }

    /** One key takes 240 ms on the line, its pause included. */
    private static final Duration KEY_SPACING = Duration.ofMillis(250);

    /** So long does a vanished phone hold its ports. */
    private static final Duration VANISHED_FOR = Duration.ofMinutes(10);

    private final Telephony telephony;
    private final Behaviour behaviour;
    private final CallTrace trace;
    private final PhoneDialog dialog;
    private final long seed;
    private final List<Future<?>> timers = new ArrayList<>();
    private volatile State state = State.CALLED;
    private @Nullable CallMedia media;
    private boolean connected;
    private int prompts;

    /** @param seed of the call's tag, losses, delays and RTP numbers */
    PhoneCall(Telephony telephony, Behaviour behaviour, CallTrace trace, ServerTransaction invite, long seed) {
        this.telephony = telephony;
        this.behaviour = behaviour;
        this.trace = trace;
        this.seed = seed;
        this.dialog = new PhoneDialog(telephony, invite, trace.number(), seed);
    }

    /** True when nothing of this call may be answered any more. */
    boolean vanished() {
        return state == State.VANISHED;
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** The INVITE came. */
    void begin() {
        if (dialog.offer().map(CallMedia::acceptable).orElse(true)) {
            behaviour.called(this);
        } else {
            reject(Response.NOT_ACCEPTABLE_HERE);
        }
    }

    @Override
    public void ring() {
        if (state == State.CALLED) {
            trace.record(PhoneEvent.Kind.RINGING, "");
            dialog.ring();
        }
    }

    @Override
    public void answer() {
        if (state != State.CALLED) {
            return;
        }
        CallMedia sound = openMedia();
        media = sound;
        state = State.ANSWERED;
        sound.session().start();
        trace.record(PhoneEvent.Kind.ANSWERED, telephony.room().line().toString());
        dialog.accept(dialog.offer().flatMap(sound::answer).orElseGet(sound::offer));
    }

    private CallMedia openMedia() {
        try {
            return new CallMedia(new RtpSession(telephony.room(), seed, trace, this), telephony.room(), seed >>> 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void reject(int sipStatus) {
        if (state == State.CALLED) {
            trace.record(PhoneEvent.Kind.REJECTED, String.valueOf(sipStatus));
            dialog.reject(sipStatus);
            end();
        }
    }

    @Override
    public void press(String keys) {
        for (int i = 0; i < keys.length(); i++) {
            Key key = new Key(keys.charAt(i));
            after(KEY_SPACING.multipliedBy(i), () -> press(key));
        }
    }

    private void press(Key key) {
        if (state != State.ANSWERED || media == null) {
            return;
        }
        trace.record(PhoneEvent.Kind.PRESSED, String.valueOf(key.label()));
        if (telephony.room().line().keys() == KeySignalling.INFO) {
            dialog.info(key);
        } else {
            media.session().press(key);
        }
    }

    @Override
    public void say(Sound sound) {
        if (media != null) {
            media.session().say(sound);
        }
    }

    @Override
    public void echo() {
        if (media != null) {
            media.session().echo();
        }
    }

    @Override
    public void beginRecording() {
        if (state == State.ANSWERED) {
            trace.record(PhoneEvent.Kind.RECORDING_BEGAN, "");
        }
    }

    @Override
    public void hangUp() {
        if (state == State.ANSWERED) {
            trace.record(PhoneEvent.Kind.HUNG_UP, "");
            dialog.bye();
            end();
        }
    }

    @Override
    public void loseNetwork() {
        if (state == State.ANSWERED && media != null) {
            state = State.VANISHED;
            media.session().vanish();
            trace.record(PhoneEvent.Kind.NETWORK_GONE, "");
            after(VANISHED_FOR, this::end);
        }
    }

    @Override
    public void after(Duration delay, Runnable action) {
        timers.removeIf(Future::isDone);
        timers.add(telephony.signalling().after(delay, action));
    }

    @Override
    public void promptBegan(Duration ago) {
        telephony.signalling().run(() -> {
            prompts++;
            trace.record(PhoneEvent.Kind.PROMPT_BEGAN, "");
            behaviour.promptBegan(this, prompts, ago);
        });
    }

    @Override
    public void promptEnded(HeardPrompt prompt) {
        telephony.signalling().run(() -> {
            trace.record(prompt);
            behaviour.promptEnded(this, prompts);
        });
    }

    /** An ACK came; with an answer in it, where the offer was ours. */
    void acknowledged(Request ack) {
        Optional<String> answer = PhoneDialog.body(ack);
        if (media != null && answer.isPresent() && !media.accept(answer.get())) {
            trace.record(PhoneEvent.Kind.LOST, "the answer in the ACK does not suit");
            hangUp();
        }
        if (!connected && state == State.ANSWERED) {
            connected = true;
            trace.record(PhoneEvent.Kind.CONFIRMED, "");
            behaviour.connected(this);
        }
    }

    /** A re-INVITE or UPDATE came. */
    void renegotiate(ServerTransaction transaction) {
        CallMedia sound = media;
        if (sound == null) {
            dialog.refuse(transaction, Response.REQUEST_PENDING);
            return;
        }
        Request request = transaction.getRequest();
        Optional<String> offer = PhoneDialog.body(request);
        Optional<String> answer = offer.flatMap(sound::answer);
        if (offer.isPresent() && answer.isEmpty()) {
            trace.record(PhoneEvent.Kind.RENEGOTIATED, request.getMethod() + " refused");
            dialog.refuse(transaction, Response.NOT_ACCEPTABLE_HERE);
            return;
        }
        boolean oursToOffer = offer.isEmpty() && request.getMethod().equals(Request.INVITE);
        trace.record(PhoneEvent.Kind.RENEGOTIATED, request.getMethod());
        dialog.agree(transaction, oursToOffer ? Optional.of(sound.offer()) : answer);
    }

    /** A CANCEL came. */
    void cancelled() {
        if (state == State.CALLED) {
            trace.record(PhoneEvent.Kind.CANCELLED, "");
            dialog.reject(Response.REQUEST_TERMINATED);
            end();
        }
    }

    /** A BYE came. */
    void hungUpByPeer() {
        trace.record(PhoneEvent.Kind.BYE_RECEIVED, "");
        end();
    }

    /** The stack gave the dialog up. */
    void lost(String why) {
        if (state == State.CALLED || state == State.ANSWERED) {
            trace.record(PhoneEvent.Kind.LOST, why);
            end();
        }
    }

    private void end() {
        state = State.ENDED;
        timers.forEach(timer -> timer.cancel(false));
        if (media != null) {
            media.session().close();
        }
    }
}
