package io.ringback.gateway.call;

import io.ringback.core.call.GatewayRef;
import java.util.List;
import java.util.Locale;

/** What there is of a call now, for people and for functions that lost track. */
public record CallSnapshot(
        String serverCallId,
        GatewayRef gateway,
        long lastCommand,
        long lastEvent,
        List<LegItem> legs,
        List<Item> operations,
        List<Item> recordings) {
    /** One operation or recording. */
    public record Item(String id, String state) {}

    /**
     * One leg.
     *
     * @param held by order
     * @param heldByPhone the phone itself holds us
     */
    public record LegItem(String id, String state, boolean muted, boolean held, boolean heldByPhone) {
        static LegItem of(Leg leg) {
            return new LegItem(
                    leg.participantId(),
                    leg.state().name().toLowerCase(Locale.ROOT),
                    leg.isMuted(),
                    leg.isHeld(),
                    leg.isHeldByPhone());
        }
    }
}
