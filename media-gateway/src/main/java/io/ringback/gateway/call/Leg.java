package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.SipLeg;
import io.ringback.gateway.sip.SipLegListener;
import org.jspecify.annotations.Nullable;

/** One leg that was dialled. What SIP tells is handed to the call's executor, where all else of it runs. */
final class Leg implements SipLegListener {
    /** How far a leg has come. */
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
    private final CallExecutor executor;
    private final Listener listener;
    private State state = State.DIALLING;
    private @Nullable SipLeg sip;

    /** One of its own thread: repeated provisional answers from the network are not queued. */
    private boolean rings;

    Leg(String participantId, CallExecutor executor, Listener listener) {
        this.participantId = participantId;
        this.executor = executor;
        this.listener = listener;
    }

    void dialled(SipLeg dialled) {
        sip = dialled;
    }

    String participantId() {
        return participantId;
    }

    State state() {
        return state;
    }

    boolean isConnected() {
        return state == State.CONNECTED;
    }

    void hangUp(EndReason reason) {
        if (sip != null) {
            sip.hangUp(reason);
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
    public void media(NegotiatedMedia media) {
        executor.offer(() -> {
            if (state != State.ENDED) {
                listener.negotiated(this, media);
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
