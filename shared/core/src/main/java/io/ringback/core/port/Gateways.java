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
     * Writes a gateway's heartbeat.
     *
     * @return false when this epoch was fenced: hang up everything and take a new epoch
     */
    boolean heartbeat(Gateway gateway);

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
     * @param load live legs now
     * @param capacity live legs at most
     * @param draining takes no new calls
     * @param fenced this epoch was declared lost
     */
    record Gateway(
            GatewayRef ref,
            URI control,
            int load,
            int capacity,
            boolean draining,
            boolean fenced,
            Instant heartbeatAt) {}

    /** A call and the life of the gateway that has its legs and recordings. */
    record PinnedCall(String serverCallId, GatewayRef gateway) {}
}
