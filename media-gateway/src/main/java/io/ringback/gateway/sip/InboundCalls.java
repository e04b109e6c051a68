package io.ringback.gateway.sip;

/** Who decides about calls that come in. */
public interface InboundCalls {
    /**
     * An INVITE came whose sender is known and whose media fit. Called on a thread that may wait for a store, never on
     * a SIP thread; 100 is out already. One of {@link InboundOffer#begin} and {@link InboundOffer#refuse} has to follow
     * soon, here or elsewhere: an offer that is left alone for 8 s, or whose handling throws, is refused with 503.
     */
    void offered(InboundOffer offer);
}
