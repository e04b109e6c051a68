package io.ringback.gateway.call;

import io.ringback.core.call.Identifier;
import io.ringback.core.port.Ids;
import io.ringback.gateway.call.InboundRouting.Way;
import io.ringback.gateway.sip.InboundCalls;
import io.ringback.gateway.sip.InboundOffer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where calls come in: each is refused, or becomes a call of its own with ids made here (telephony §5). */
public final class Arrivals implements InboundCalls {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final InboundRouting routing;
    private final Calls calls;
    private final Ids ids;
    private final BooleanSupplier ready;

    /** @param ready false while calls cannot be carried */
    public Arrivals(Directory directory, DialRoutes routes, Calls calls, Ids ids, BooleanSupplier ready) {
        this.routing = new InboundRouting(directory, routes);
        this.calls = calls;
        this.ids = ids;
        this.ready = ready;
    }

    @Override
    public void offered(InboundOffer offer) {
        if (!ready.getAsBoolean()) {
            offer.refuse(Refusals.SERVICE_UNAVAILABLE);
            return;
        }
        Way way = routing.route(offer.invitation());
        if (way instanceof Way.Refused refused) {
            LOG.info("a call that came in is refused with {}: {}", refused.sipStatus(), refused.why());
            offer.refuse(refused.sipStatus());
        } else if (way instanceof Way.ToApplication to) {
            receive(offer, to.from(), to.to(), false);
        } else if (way instanceof Way.ToPeer to) {
            receive(offer, to.from(), to.to(), true);
        }
    }

    private void receive(InboundOffer offer, Identifier from, Identifier to, boolean peer) {
        String callerLeg = ids.newId();
        String calleeLeg = peer ? ids.newId() : null;
        calls.receive(ids.newServerCallId(), new Offering.Offer(offer, from, to, callerLeg, calleeLeg));
    }
}
