package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.NegotiatedMedia;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a leg and its listener: what the listener throws is logged and does not disturb the SIP side, and
 * nothing is told after the end. Called on the leg's executor only.
 */
final class GuardedListener implements SipLegListener {
    private static final Logger log = LoggerFactory.getLogger(GuardedListener.class);

    private final String legId;
    private final SipLegListener listener;
    private boolean over;

    GuardedListener(String legId, SipLegListener listener) {
        this.legId = legId;
        this.listener = listener;
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void ringing(int sipStatus) {
        tell(() -> listener.ringing(sipStatus));
    }

    @Override
    public void media(NegotiatedMedia media) {
        tell(() -> listener.media(media));
    }

    @Override
    public void connected() {
        tell(listener::connected);
    }

    @Override
    public void infoTone(Tone tone) {
        tell(() -> listener.infoTone(tone));
    }

    @Override
    public void ended(EndReason reason, @Nullable Integer sipStatus, String message) {
        tell(() -> {
            over = true;
            listener.ended(reason, sipStatus, message);
        });
    }

    private void tell(Runnable what) {
        if (over) {
            return;
        }
        try {
            what.run();
        } catch (RuntimeException | Error e) {
            log.error("leg {}: its listener failed", legId, e);
        }
    }
}
