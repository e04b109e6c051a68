package io.ringback.gateway.sip;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes what comes in, for a test to decide about. */
final class Callers implements InboundCalls {
    private final BlockingQueue<InboundOffer> offers = new LinkedBlockingQueue<>();

    @Override
    public void offered(InboundOffer offer) {
        offers.add(offer);
    }

    InboundOffer next() {
        try {
            InboundOffer offer = offers.poll(10, TimeUnit.SECONDS);
            if (offer == null) {
                throw new AssertionError("nobody called");
            }
            return offer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    boolean none() {
        return offers.isEmpty();
    }
}
