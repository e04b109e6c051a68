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
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SIP side that does what the test says. */
final class FakeSip implements SipEndpoint {
    private final Map<String, FakeLeg> legs = new ConcurrentHashMap<>();
    private final Map<String, OutboundLeg> orders = new ConcurrentHashMap<>();
    private final Map<String, UserLeg> userOrders = new ConcurrentHashMap<>();
    private final List<DialogRecord> ghosts = new CopyOnWriteArrayList<>();

    static final class FakeLeg implements SipLeg {
        final String legId;
        final SipLegListener listener;
        final List<EndReason> hangUps = new CopyOnWriteArrayList<>();
        final List<Tone> infoTones = new CopyOnWriteArrayList<>();
        boolean infoAllowed;
        final List<String> probes = new CopyOnWriteArrayList<>();

        FakeLeg(String legId, SipLegListener listener) {
            this.legId = legId;
            this.listener = listener;
        }

        @Override
        public String legId() {
            return legId;
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
            probes.add(legId);
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

    /** How a number was dialled. */
    OutboundLeg order(String legId) {
        return Objects.requireNonNull(orders.get(legId));
    }

    /** How a user was dialled. */
    UserLeg userOrder(String legId) {
        return Objects.requireNonNull(userOrders.get(legId));
    }

    private FakeLeg dialled(String legId, SipLegListener listener) {
        FakeLeg leg = new FakeLeg(legId, listener);
        legs.put(legId, leg);
        return leg;
    }

    @Override
    public SipLeg dial(OutboundLeg order, SipLegListener listener) {
        orders.put(order.legId(), order);
        return dialled(order.legId(), listener);
    }

    @Override
    public SipLeg dialUser(UserLeg order, SipLegListener listener) {
        userOrders.put(order.legId(), order);
        return dialled(order.legId(), listener);
    }

    @Override
    public void open(InboundCalls handler) {
        throw new AssertionError("tests offer their calls themselves");
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
