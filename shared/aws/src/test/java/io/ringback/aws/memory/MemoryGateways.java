package io.ringback.aws.memory;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Reservation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The directory of media gateways in memory. */
public final class MemoryGateways implements Gateways {
    private final Supplier<List<ServerCall>> openCalls;
    private final TreeMap<String, Row> rows = new TreeMap<>();

    /** A gateway as it reported, with {@code free} as it was then. */
    private record Row(Gateway gateway, Reserved settled, Reserved reserved) {
        Gateway now() {
            return with(
                    gateway,
                    free(gateway.legs(), settled.legs() - reserved.legs()),
                    free(gateway.trunk(), settled.trunkLegs() - reserved.trunkLegs()),
                    gateway.fenced());
        }

        private static Slots free(Slots slots, long outstanding) {
            return new Slots(slots.load(), slots.capacity(), slots.capacity() - slots.load() + (int) outstanding);
        }
    }

    /** @param openCalls those that are not settled */
    public MemoryGateways(Supplier<List<ServerCall>> openCalls) {
        this.openCalls = openCalls;
    }

    @Override
    public synchronized Optional<Gateway> find(String gatewayId) {
        return Optional.ofNullable(rows.get(gatewayId)).map(Row::now);
    }

    @Override
    public synchronized List<Gateway> all() {
        return rows.values().stream().map(Row::now).toList();
    }

    @Override
    public synchronized Optional<Reserved> heartbeat(Gateway gateway, Reserved settled) {
        Row known = rows.get(gateway.ref().gatewayId());
        Row row = new Row(gateway, Reserved.NONE, Reserved.NONE);
        if (known != null) {
            int age = known.gateway().ref().epoch().compareTo(gateway.ref().epoch());
            if (age > 0 || (age == 0 && known.gateway().fenced())) {
                return Optional.empty();
            }
            row = age == 0 ? new Row(gateway, settled, known.reserved()) : row;
        }
        rows.put(gateway.ref().gatewayId(), row);
        return Optional.of(row.reserved());
    }

    @Override
    public synchronized boolean fence(Gateway seen, Instant now) {
        Row known = rows.get(seen.ref().gatewayId());
        if (known == null
                || !known.gateway().ref().equals(seen.ref())
                || !known.gateway().heartbeatAt().equals(seen.heartbeatAt())) {
            return false;
        }
        Gateway gateway = known.gateway();
        rows.put(
                seen.ref().gatewayId(),
                new Row(with(gateway, gateway.legs(), gateway.trunk(), true), known.settled(), known.reserved()));
        return true;
    }

    /** Takes the places, or says why they are not to be had. */
    synchronized Optional<CommitResult> reserve(Reservation wanted) {
        Row row = rows.get(wanted.gateway().gatewayId());
        if (row == null
                || !row.gateway().ref().equals(wanted.gateway())
                || row.gateway().fenced()) {
            return Optional.of(CommitResult.GATEWAY_LOST);
        }
        Gateway now = row.now();
        if (now.legs().free() < wanted.legs()
                || (wanted.trunkLegs() > 0 && now.trunk().free() < wanted.trunkLegs())
                || (wanted.newCall() && now.draining())) {
            return Optional.of(CommitResult.NO_ROOM);
        }
        Reserved reserved = new Reserved(
                row.reserved().legs() + wanted.legs(), row.reserved().trunkLegs() + wanted.trunkLegs());
        rows.put(wanted.gateway().gatewayId(), new Row(row.gateway(), row.settled(), reserved));
        return Optional.empty();
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
        return openCalls.get().stream()
                .filter(call -> life.test(call.gateway()))
                .map(call -> new PinnedCall(call.serverCallId(), call.gateway()))
                .sorted(Comparator.comparing(call -> call.gateway().epoch() + call.serverCallId()))
                .toList();
    }

    private static Gateway with(Gateway gateway, Slots legs, Slots trunk, boolean fenced) {
        return new Gateway(
                gateway.ref(), gateway.control(), legs, trunk, gateway.draining(), fenced, gateway.heartbeatAt());
    }
}
