package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sip.DialogRecord;
import io.ringback.gateway.sip.InboundCalls;
import io.ringback.gateway.sip.SipEndpoint;
import io.ringback.gateway.sip.SipLeg;
import io.ringback.gateway.sip.SipLegListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SIP side that does what the test says. */
final class FakeSip implements SipEndpoint {
    private final Map<String, FakeLeg> legs = new ConcurrentHashMap<>();
    private final List<DialogRecord> ghosts = new CopyOnWriteArrayList<>();

    static final class FakeLeg implements SipLeg {
        final OutboundLeg order;
        final SipLegListener listener;
        final List<EndReason> hangUps = new CopyOnWriteArrayList<>();
        final List<Tone> infoTones = new CopyOnWriteArrayList<>();
        boolean infoAllowed;
        final List<String> probes = new CopyOnWriteArrayList<>();

        FakeLeg(OutboundLeg order, SipLegListener listener) {
            this.order = order;
            this.listener = listener;
        }

        @Override
        public String legId() {
            return order.legId();
        }

        @Override
        public void hangUp(EndReason reason) {
            hangUps.add(reason);
            listener.ended(reason, null, "hung up");
        }

        @Override
        public boolean takesInfoTones() {
            return infoAllowed;
        }

        @Override
        public void sendTone(Tone tone) {
            infoTones.add(tone);
        }

        @Override
        public void probe() {
            probes.add(order.legId());
        }
    }

    FakeLeg leg(String legId) {
        FakeLeg leg = legs.get(legId);
        if (leg == null) {
            throw new AssertionError("leg " + legId + " was not dialled");
        }
        return leg;
    }

    List<String> dialled() {
        return List.copyOf(legs.keySet());
    }

    List<DialogRecord> ghosts() {
        return ghosts;
    }

    @Override
    public SipLeg dial(OutboundLeg order, SipLegListener listener) {
        FakeLeg leg = new FakeLeg(order, listener);
        legs.put(order.legId(), leg);
        return leg;
    }

    @Override
    public SipLeg dialUser(UserLeg order, SipLegListener listener) {
        throw new AssertionError("no test dials a user yet");
    }

    @Override
    public void open(InboundCalls handler) {
        throw new AssertionError("no test lets calls in yet");
    }

    @Override
    public void endGhost(DialogRecord ghost, Runnable done) {
        ghosts.add(ghost);
        done.run();
    }

    @Override
    public InetSocketAddress advertised() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Map<String, Long> gauges() {
        return Map.of();
    }

    @Override
    public void close() {
        legs.clear();
    }
}
