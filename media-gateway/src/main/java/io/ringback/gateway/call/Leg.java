package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.call.Admission.Place;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.InboundLeg;
import io.ringback.gateway.sip.Invitation;
import io.ringback.gateway.sip.SipLeg;
import io.ringback.gateway.sip.SipLegListener;
import io.ringback.gateway.task.SerialExecutor;
import org.jspecify.annotations.Nullable;

/**
 * One leg, dialled or a caller's. What SIP tells is handed to the call's executor, where all else of it runs.
 *
 * <p>A dialled leg has no dialog while it is looked up where its user can be reached.
 */
final class Leg implements SipLegListener {
    /** How far a leg has come. A caller rings until it is answered. */
    enum State {
        DIALLING,
        RINGING,
        CONNECTED,
        ENDED
    }

    /** Told on the call's executor. */
    interface Listener {
        void ringing(Leg leg, int sipStatus);

        void negotiated(Leg leg, NegotiatedMedia media);

        void connected(Leg leg);

        /** A press by SIP INFO. */
        void infoTone(Leg leg, Tone tone);

        void ended(Leg leg, EndReason reason, @Nullable Integer sipStatus, String message);
    }

    private final String participantId;
    private final Place place;
    private final SerialExecutor executor;
    private final Listener listener;
    private final @Nullable Invitation invitation;
    private State state;
    private @Nullable SipLeg sip;
    private @Nullable InboundLeg waiting;
    private @Nullable NegotiatedMedia media;
    private boolean muted;
    private boolean held;

    /** One of its own thread: repeated provisional answers from the network are not queued. */
    private boolean rings;

    private Leg(
            String participantId,
            Place place,
            SerialExecutor executor,
            Listener listener,
            @Nullable Invitation invitation,
            State state) {
        this.participantId = participantId;
        this.place = place;
        this.executor = executor;
        this.listener = listener;
        this.invitation = invitation;
        this.state = state;
    }

    /** A leg that is about to be dialled. */
    static Leg outbound(String participantId, Place place, SerialExecutor executor, Listener listener) {
        return new Leg(participantId, place, executor, listener, null, State.DIALLING);
    }

    /** A caller's leg that is about to be taken on. */
    static Leg caller(
            String participantId, Place place, Invitation invitation, SerialExecutor executor, Listener listener) {
        return new Leg(participantId, place, executor, listener, invitation, State.RINGING);
    }

    void dialled(SipLeg dialled) {
        sip = dialled;
    }

    void taken(InboundLeg caller) {
        sip = caller;
        waiting = caller;
    }

    /** What it has of the gateway's room, until it ends. */
    Place place() {
        return place;
    }

    String participantId() {
        return participantId;
    }

    State state() {
        return state;
    }

    /** What the caller's INVITE said; null for a leg that we dialled. */
    @Nullable
    Invitation invitation() {
        return invitation;
    }

    boolean isConnected() {
        return state == State.CONNECTED;
    }

    /** A caller's leg that is neither answered nor refused. */
    @Nullable
    InboundLeg waiting() {
        return state == State.RINGING ? waiting : null;
    }

    /** Answers a caller; once. */
    void answer() {
        InboundLeg caller = waiting();
        if (caller != null) {
            waiting = null;
            caller.answer();
        }
    }

    /** Refuses a caller that is not answered. */
    void refuse(int sipStatus, EndReason reason) {
        InboundLeg caller = waiting();
        if (caller != null) {
            waiting = null;
            caller.refuse(sipStatus, reason);
        }
    }

    /** Takes the wanted state of an order. */
    void set(boolean nowMuted, boolean nowHeld) {
        muted = nowMuted;
        held = nowHeld;
    }

    boolean isMuted() {
        return muted;
    }

    /** On hold by order. */
    boolean isHeld() {
        return held;
    }

    /** The phone itself holds us: it takes no sound (RFC 3264 §8.4). */
    boolean isHeldByPhone() {
        return media != null && !media.weSend();
    }

    /** Presses go to it by INFO, because its phone knows nothing better. */
    boolean wantsInfoTones() {
        return media != null && media.sendTelephoneEvent().isEmpty() && sip != null && sip.takesInfoTones();
    }

    void sendTone(Tone tone) {
        if (sip != null && isConnected()) {
            sip.sendTone(tone);
        }
    }

    /** Ends it; one that has no dialog yet ends at once. */
    void hangUp(EndReason reason) {
        if (sip != null) {
            sip.hangUp(reason);
        } else {
            ended(reason, null, "ended before it was dialled");
        }
    }

    void probe() {
        if (sip != null && isConnected()) {
            sip.probe();
        }
    }

    @Override
    public void ringing(int sipStatus) {
        if (rings) {
            return;
        }
        rings = true;
        executor.execute(() -> {
            if (state == State.DIALLING) {
                state = State.RINGING;
                listener.ringing(this, sipStatus);
            }
        });
    }

    @Override
    public void media(NegotiatedMedia agreed) {
        executor.offer(() -> {
            if (state != State.ENDED) {
                media = agreed;
                listener.negotiated(this, agreed);
            }
        });
    }

    @Override
    public void connected() {
        executor.execute(() -> {
            if (state == State.DIALLING || state == State.RINGING) {
                state = State.CONNECTED;
                listener.connected(this);
            }
        });
    }

    @Override
    public void infoTone(Tone tone) {
        executor.offer(() -> listener.infoTone(this, tone));
    }

    @Override
    public void ended(EndReason reason, @Nullable Integer sipStatus, String message) {
        executor.execute(() -> {
            if (state != State.ENDED) {
                listener.ended(this, reason, sipStatus, message);
                state = State.ENDED;
            }
        });
    }
}
