package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;

/** One SIP dialog, or what will become one. Thread-safe; every call returns at once. */
public interface SipLeg {
    String legId();

    /**
     * Ends the leg: nothing sent yet, CANCEL (not before a provisional answer; given up after 32 s without one) or BYE.
     * The listener's {@code ended} follows at the latest 4 s after the BYE or CANCEL went out, with this reason unless
     * the far side was faster. Before the answer, an ordinary hang-up is reported as CANCELLED. Repeating it changes
     * nothing.
     */
    void hangUp(EndReason reason);

    /** Sends an in-dialog OPTIONS: 481, 408 or silence ends the leg as MEDIA_LOST, 200 keeps it. */
    void probe();

    /** Whether the far side, once it has answered or called, allows INFO (RFC 3261 §20.5). */
    boolean takesInfoTones();

    /** Sends a key press by INFO (application/dtmf-relay); without effect before the answer and after the end. */
    void sendTone(Tone tone);
}
