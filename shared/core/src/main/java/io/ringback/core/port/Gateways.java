package io.ringback.core.port;

import io.ringback.core.call.GatewayRef;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The media gateways that have announced themselves. */
public interface Gateways {
    Optional<Gateway> find(String gatewayId);

    List<Gateway> all();

    /**
     * Writes a gateway's heartbeat. What is free is then what the gateway has left, less what commits have reserved in
     * this life and the gateway has not settled; a reservation that crosses the heartbeat is counted whenever it comes.
     *
     * @param settled how many of the legs that were reserved in this life are so no longer: their dial has come, or
     *     never will
     * @return how many were ever reserved in this life; empty when this epoch was fenced: hang up everything and take
     *     a new epoch
     */
    Optional<Reserved> heartbeat(Gateway gateway, Reserved settled);

    /** The heartbeat of a gateway to which nothing that was reserved has come; false when this epoch was fenced. */
    default boolean heartbeat(Gateway gateway) {
        return heartbeat(gateway, Reserved.NONE).isPresent();
    }

    /**
     * Declares the epoch lost, if its heartbeat is still the one seen.
     *
     * @return false when it has reported since, or is of another epoch
     */
    boolean fence(Gateway seen, Instant now);

    /**
     * Calls that are pinned to this life of a gateway and not done with: not over, or with a recording whose fate is
     * not known yet. May lag behind.
     */
    List<PinnedCall> openCalls(GatewayRef life);

    /** The same for every earlier life of this gateway. Epochs are ULIDs: an earlier one sorts before a later one. */
    List<PinnedCall> openCallsOfEarlierLives(GatewayRef life);

    /**
     * One row of the directory.
     *
     * @param control base address of the control API
     * @param legs its places for legs
     * @param trunk its places for those legs that come or go over the trunk
     * @param draining takes no new calls
     * @param fenced this epoch was declared lost
     */
    record Gateway(
            GatewayRef ref,
            URI control,
            Slots legs,
            Slots trunk,
            boolean draining,
            boolean fenced,
            Instant heartbeatAt) {
        /** A gateway whose trunk carries as many legs as the gateway itself. */
        public Gateway(
                GatewayRef ref,
                URI control,
                int load,
                int capacity,
                boolean draining,
                boolean fenced,
                Instant heartbeatAt) {
            this(ref, control, Slots.of(load, capacity), Slots.of(load, capacity), draining, fenced, heartbeatAt);
        }
    }

    /**
     * Places for legs.
     *
     * @param load taken by live legs
     * @param capacity there are at most
     * @param free neither taken nor reserved; below 0 when more legs came from outside than were expected
     */
    record Slots(int load, int capacity, int free) {
        /** Of which none is reserved. */
        public static Slots of(int load, int capacity) {
            return new Slots(load, capacity, capacity - load);
        }
    }

    /**
     * Legs that commits have reserved on a gateway, counted from the beginning of its life.
     *
     * @param legs all of them
     * @param trunkLegs those that go over the trunk
     */
    record Reserved(long legs, long trunkLegs) {
        public static final Reserved NONE = new Reserved(0, 0);
    }

    /** A call and the life of the gateway that has its legs and recordings. */
    record PinnedCall(String serverCallId, GatewayRef gateway) {}
}
