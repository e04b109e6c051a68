package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sip.InboundLeg;
import io.ringback.gateway.sip.InboundOffer;
import io.ringback.gateway.sip.Invitation;
import io.ringback.gateway.sip.SipLegListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A call that came in, and the caller's leg once it is taken on; notes what the caller is sent. */
final class FakeOffer implements InboundOffer {
    private final Invitation invitation;
    final List<String> sent = new CopyOnWriteArrayList<>();

    @Nullable
    SipLegListener listener;

    FakeOffer(Invitation invitation) {
        this.invitation = invitation;
    }

    SipLegListener listener() {
        if (listener == null) {
            throw new AssertionError("the call was not taken on: " + sent);
        }
        return listener;
    }

    @Override
    public Invitation invitation() {
        return invitation;
    }

    @Override
    public InboundLeg begin(String legId, String serverCallId, int rtpPort, SipLegListener caller) {
        listener = caller;
        return new FakeCaller(legId, this, caller);
    }

    @Override
    public void refuse(int sipStatus) {
        sent.add("refused " + sipStatus);
    }

    private static final class FakeCaller implements InboundLeg {
        private final String legId;
        private final FakeOffer offer;
        private final SipLegListener listener;

        FakeCaller(String legId, FakeOffer offer, SipLegListener listener) {
            this.legId = legId;
            this.offer = offer;
            this.listener = listener;
        }

        @Override
        public void ring() {
            offer.sent.add("180");
        }

        @Override
        public void early() {
            offer.sent.add("183");
        }

        @Override
        public void answer() {
            offer.sent.add("200");
        }

        @Override
        public void refuse(int sipStatus, EndReason reason) {
            offer.sent.add(Integer.toString(sipStatus));
            listener.ended(reason, sipStatus, "refused");
        }

        @Override
        public String legId() {
            return legId;
        }

        @Override
        public void hangUp(EndReason reason) {
            offer.sent.add("hung up");
            listener.ended(reason, null, "hung up");
        }

        @Override
        public void probe() {
            offer.sent.add("OPTIONS");
        }

        @Override
        public boolean takesInfoTones() {
            return false;
        }

        @Override
        public void sendTone(Tone tone) {
            offer.sent.add("INFO");
        }
    }
}
