package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.NegotiatedMedia;
import org.jspecify.annotations.Nullable;

/** What happens to a leg, told in order on the leg's serial executor. */
public interface SipLegListener {
    /** A provisional answer above 100. */
    void ringing(int sipStatus);

    /** Offer and answer agree: after the 2xx (or an answer in an 18x), and again after each re-INVITE or UPDATE. */
    void media(NegotiatedMedia media);

    /** The 2xx was ACKed. {@code media} came before. */
    void connected();

    /** A key press by SIP INFO (application/dtmf-relay or application/dtmf). */
    void infoTone(Tone tone);

    /**
     * The leg is over; nothing follows. Told exactly once.
     *
     * @param sipStatus the final status that ended it, where there was one
     * @param message for people
     */
    void ended(EndReason reason, @Nullable Integer sipStatus, String message);
}
