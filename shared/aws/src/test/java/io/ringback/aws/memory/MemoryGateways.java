package io.ringback.aws.memory;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.Gateways;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The directory of media gateways in memory. */
public final class MemoryGateways implements Gateways {
    private final MemoryCallStore calls;
    private final TreeMap<String, Gateway> rows = new TreeMap<>();

    public MemoryGateways(MemoryCallStore calls) {
        this.calls = calls;
    }

    @Override
    public synchronized Optional<Gateway> find(String gatewayId) {
        return Optional.ofNullable(rows.get(gatewayId));
    }

    @Override
    public synchronized List<Gateway> all() {
        return List.copyOf(rows.values());
    }

    @Override
    public synchronized boolean heartbeat(Gateway gateway) {
        Gateway known = rows.get(gateway.ref().gatewayId());
        if (known != null) {
            int age = known.ref().epoch().compareTo(gateway.ref().epoch());
            if (age > 0 || (age == 0 && known.fenced())) {
                return false;
            }
        }
        rows.put(gateway.ref().gatewayId(), withFence(gateway, false));
        return true;
    }

    @Override
    public synchronized boolean fence(Gateway seen, Instant now) {
        Gateway known = rows.get(seen.ref().gatewayId());
        if (known == null
                || !known.ref().equals(seen.ref())
                || !known.heartbeatAt().equals(seen.heartbeatAt())) {
            return false;
        }
        rows.put(seen.ref().gatewayId(), withFence(known, true));
        return true;
    }

    @Override
    public List<PinnedCall> openCalls(GatewayRef life) {
        return pinned(life::equals);
    }

    @Override
    public List<PinnedCall> openCallsOfEarlierLives(GatewayRef life) {
        return pinned(gateway ->
                gateway.gatewayId().equals(life.gatewayId()) && gateway.epoch().compareTo(life.epoch()) < 0);
    }

    private List<PinnedCall> pinned(Predicate<GatewayRef> life) {
        return calls.openCalls().stream()
                .filter(call -> life.test(call.gateway()))
                .map(call -> new PinnedCall(call.serverCallId(), call.gateway()))
                .sorted(Comparator.comparing(call -> call.gateway().epoch() + call.serverCallId()))
                .toList();
    }

    private static Gateway withFence(Gateway gateway, boolean fenced) {
        return new Gateway(
                gateway.ref(),
                gateway.control(),
                gateway.load(),
                gateway.capacity(),
                gateway.draining(),
                fenced,
                gateway.heartbeatAt());
    }
}
