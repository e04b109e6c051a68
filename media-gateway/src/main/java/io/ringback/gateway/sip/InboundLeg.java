package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;

/**
 * A caller's leg, which rings until it is answered or refused. Its listener hears {@code media} when our answer goes
 * out (for an INVITE without an offer: when the ACK brings the caller's), {@code connected} at the ACK, and
 * {@code ended} in any case: CANCELLED with 487 when the caller gives up, ACK_TIMEOUT when no ACK comes.
 *
 * <p>{@link #hangUp} before the answer is a refusal whose status follows from the reason. Nothing has an effect after
 * {@code ended}.
 */
public interface InboundLeg extends SipLeg {
    /** Sends 180 without SDP, by PRACK if the caller demands that, and again each minute (RFC 3261 §13.3.1.1). */
    void ring();

    /**
     * Sends 183 with our answer, so that what another leg is told before its answer can be heard: {@code media} is told
     * now. An INVITE without an offer gets 180 in its stead.
     */
    void early();

    /** Sends 200, repeated until its ACK. */
    void answer();

    /**
     * Sends a final refusal instead of an answer.
     *
     * @param sipStatus 300 to 699; 503 gets Retry-After
     * @param reason what {@code ended} tells
     */
    void refuse(int sipStatus, EndReason reason);
}
